-- Personal identifiers never leave the captures: a macro that every published text goes through.
-- A Kyrgyz personal number (PIN) has 14 digits: 1 or 2 for the sex, the date of birth as DDMMYYYY, five more.
-- The numbers of companies begin with 0 and stay.
create macro masked(words) as regexp_replace(
    words,
    '\b[12](0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(19|20)\d{7}\b',
    '██████████████',
    'g'
);
