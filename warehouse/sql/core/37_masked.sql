-- What names or reaches a private person never leaves the captures: macros that every published text goes through.
-- What reaches an office stays: telephones of its desk, addresses at its own domain, and any contact in a text
-- that itself names the office.

-- A Kyrgyz personal number (PIN) has 14 digits: 1 or 2 for the sex, the date of birth as DDMMYYYY, five more.
-- The numbers of companies begin with 0 and stay.
create macro personal_number() as '\b[12](0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(19|20)\d{7}\b';

create macro without_personal_numbers(words) as regexp_replace(words, personal_number(), '██████████████', 'g');

-- Kyrgyz passports and identity cards: AN or AC (1994, 2004) or ID (2017) and seven digits, in Latin or Cyrillic
-- letters that look alike. Others: letters or digits after the word for a passport.
create macro passport() as '(?i)(^|[^\p{L}\d])(?:[AА][NНCС]|ID)\s?(?:№\s?|No\.?\s?)?\d{7}\b';

create macro passport_by_its_word() as
    '(?i)((?:паспорт|passport)\p{L}*[\s:№]{0,4}(?:(?:серия|сериясы|номер|номери|no\.?)[\s:№]{0,3}){0,2})([A-ZА-Я]{1,2}\s?\d{6,8}|\d{2}\s?\d{2}\s?\d{6})\b';

create macro without_passports(words) as regexp_replace(
    regexp_replace(words, passport(), '\1█████████', 'g'), passport_by_its_word(), '\1█████████', 'g'
);

-- Whether the two rules above black anything out: in one pass, and nothing is copied.
create macro has_numbers_of_a_person(words) as regexp_matches(
    words, personal_number() || '|' || passport() || '|' || passport_by_its_word()
);

-- Mailboxes at providers that anyone can have one at; an office's own domain is none of them.
create macro private_mailbox() as
    '(?i)\b[a-z0-9._%+-]+@(gmail|googlemail|mail|inbox|list|bk|internet|yandex|ya|rambler|yahoo|outlook|hotmail|live|icloud|proton|protonmail)\.(com|ru|kg|kz|uz|by|ua|net|me)\b';

create macro without_private_mail(words) as regexp_replace(words, private_mailbox(), '█████@█████', 'g');

-- Mobile numbers of Kyrgyzstan (20x, 22x, 5xx, 70x, 75x, 77x, 88x, 99x); those of desks begin with the code of a town.
create macro mobile() as
    '(^|[^\d])(?:\+?996[\s(-]{0,2}|0[\s(-]{0,2})(?:2[02]\d|5\d\d|7[057]\d|88\d|99\d)[\s)-]{0,2}\d{2,3}[\s-]?\d{2}[\s-]?\d{1,2}\b';

create macro without_mobiles(words) as regexp_replace(words, mobile(), '\1██████████', 'g');

create macro names_an_office(words) as regexp_matches(
    words,
    '(?i)при[её]мн|канцеляри|колл-?\s?центр|call[ -]?cent|горячая лини|телефон доверия|справочн|дежурн|общий отдел|кабылдама|кеңсе|ишеним телефон|байланыш борбор|reception|hotline|help ?desk|front office'
);

create macro masked(words) as without_personal_numbers(
    without_passports(if(names_an_office(words), words, without_mobiles(without_private_mail(words))))
);

-- Whether `masked` blacks anything out. To look is several times as fast as to replace and to compare.
create macro names_a_person(words) as
    has_numbers_of_a_person(words)
    or (regexp_matches(words, mobile() || '|' || private_mailbox()) and not names_an_office(words));

-- What every rule above needs: two digits side by side, or a mailbox. Where neither is, no rule has to look.
create macro may_name_a_person(words) as regexp_matches(words, '\d\d|@');
