-- Cells of a sheet, letter for letter as XlsxWriter writes them (its `constant_memory`), as macros: `letters` name
-- the column, `n` is the number of the row as text. What has no value has no cell.

-- A cell that is too long says so at its end. Excel counts letters beyond U+FFFF twice.
create or replace temporary macro cut() as '… [cut: see the CSV file]';

create or replace temporary macro is_beyond(words) as regexp_matches(words, '[\x{10000}-\x{10FFFF}]');

create or replace temporary macro fitting(words) as if(
    length(words) * if(is_beyond(words), 2, 1) <= 32767,
    words,
    left(words, (32767 - length(cut())) // if(is_beyond(words), 2, 1)) || cut()
);

-- XML has no control characters but tab and the two ends of a line.
create or replace temporary macro without_controls(words) as
    regexp_replace(words, '[\x00-\x08\x0B\x0C\x0E-\x1F]', '', 'g');

-- What Excel writes as _xHHHH_, and what only looks like it (ECMA-376, part 1, 22.9.2.19); then what is XML's own.
create or replace temporary macro in_xml(words) as replace(replace(replace(
    replace(replace(replace(
        regexp_replace(words, '(_x[0-9a-fA-F]{4}_)', '_x005F\1', 'g'),
        chr(13), '_x000D_'), chr(65534), '_xFFFE_'), chr(65535), '_xFFFF_'),
    '&', '&amp;'), '<', '&lt;'), '>', '&gt;');

-- Nearly every text can stand as it is: to look is a tenth of the work.
create or replace temporary macro cell_words(words) as if(
    strlen(words) > 32767 or regexp_matches(words, '[\x00-\x08\x0B-\x1F&<>\x{FFFE}\x{FFFF}]|_x[0-9a-fA-F]{4}_'),
    in_xml(fitting(without_controls(words))),
    words
);

-- What stands in a cell after its opening: text is never a formula, it stands in the row itself, as text.
-- `words`: what `cell_words` made.
create or replace temporary macro text_in_cell(words) as
    if(regexp_matches(words, '^[\t\n\x{85}\pZ]|[\t\n\x{85}\pZ]$'), ' xml:space="preserve">', '>')
    || words || '</t></is></c>';

-- All texts of a row at once: DuckDB makes a regular expression anew for each place of a query where it stands, and a
-- table has thirty columns of text.
create or replace temporary macro texts_in_cells(texts) as list_transform(
    list_transform(texts, lambda words: nullif(cell_words(words), '')), lambda words: text_in_cell(words)
);

create or replace temporary macro text_cell(letters, n, text) as
    '<c r="' || letters || n || '" t="inlineStr"><is><t' || text;

create or replace temporary macro digits(number) as if(
    isfinite(number), printf('%.16G', number), error('a workbook can hold no ' || number)
);

create or replace temporary macro number_cell(letters, n, number) as
    '<c r="' || letters || n || '"><v>' || digits(number::double) || '</v></c>';

create or replace temporary macro truth_cell(letters, n, truth) as
    '<c r="' || letters || n || '" t="b"><v>' || truth::tinyint || '</v></c>';

-- Days since the last one of 1899, as Excel counts them: to it, 1900 had a 29th of February.
create or replace temporary macro excel_days(days, microseconds) as
    days
    + (microseconds // 1000000 + (microseconds % 1000000) / 1000000.0::double) / 86400.0::double
    + if(days > 59, 1, 0);

create or replace temporary macro cell_days(moment) as excel_days(
    date_diff('day', date '1899-12-31', moment::date),
    epoch_us(moment::timestamp) - epoch_us(moment::date::timestamp)
)::double;

-- `days`: what `cell_days` made, in a query within this one. A macro is its text: nested, each use of `days` would be
-- that text again, and to plan a column took three times as long.
create or replace temporary macro time_cell(letters, n, days) as
    '<c r="' || letters || n || '" s="2"><v>' || digits(days) || '</v></c>';
