-- The database's public interface: others query this file, so names and types here are promises.
-- A CHECK passes on NULL; wherever NULL must not slip through, coalesce() stands.

CREATE TABLE build (
    build_id TEXT PRIMARY KEY          -- first twelve hex digits of the hash of everything that went in
);

-- Whether an area existed on a day, by its first and last days.
CREATE MACRO existed(first_day, last_day, on_day) AS
    coalesce(first_day, on_day) <= on_day AND coalesce(last_day, on_day) >= on_day;

CREATE TABLE area (
    code TEXT PRIMARY KEY,             -- ONS GSS code; codes that begin with X are ours (docs/names.md)
    kind TEXT NOT NULL CHECK (kind IN ('local_authority', 'police_force', 'police_other',
        'community_safety_partnership', 'country', 'composite', 'msoa', 'lsoa', 'ward')),
    name_en TEXT NOT NULL,
    name_cy TEXT NOT NULL,
    in_en TEXT, in_cy TEXT,            -- whole phrases: "in Cardiff", "yng Nghaerdydd"
    to_en TEXT, to_cy TEXT,
    from_en TEXT, from_cy TEXT,
    nation_code TEXT,
    within_code TEXT,                  -- the local authority that a small area lies in
    valid_from DATE,                   -- first day of an area that followed others; NULL where its figures go back before it
    valid_to DATE,                     -- last day of an area that no longer exists
    selectable BOOLEAN NOT NULL,       -- offered in the place picker
    sort INTEGER NOT NULL,             -- its group in the picker; within one, by the alphabet of the reader's language
    alphabet_en TEXT AS (icu_sort_key(name_en, 'en')),  -- sorts as the language does, in any database
    alphabet_cy TEXT AS (icu_sort_key(name_cy, 'cy'))
);

CREATE TABLE area_member (             -- what a force, partnership, country or composite is made of
    area_code TEXT NOT NULL REFERENCES area (code),
    member_code TEXT NOT NULL REFERENCES area (code),
    PRIMARY KEY (area_code, member_code)
);

CREATE TABLE similar_area (            -- ONS statistical nearest neighbours of the Welsh authorities; name the flavour when shown
    area_code TEXT NOT NULL REFERENCES area (code),
    flavour TEXT NOT NULL CHECK (flavour IN ('demographic', 'economic', 'global')),
    rank SMALLINT NOT NULL CHECK (rank BETWEEN 1 AND 20),  -- 1 is the most alike
    similar_code TEXT NOT NULL REFERENCES area (code),
    PRIMARY KEY (area_code, flavour, rank)
);

CREATE TABLE small_area_lookup (       -- where an LSOA of 2021 lies: its code alone tells nobody anything
    lsoa21_code TEXT PRIMARY KEY REFERENCES area (code),
    msoa21_code TEXT NOT NULL REFERENCES area (code),
    ward_code TEXT NOT NULL REFERENCES area (code),  -- best fit: an LSOA may cross a ward's border
    la_code TEXT NOT NULL REFERENCES area (code)
);

CREATE TABLE measure (
    measure TEXT PRIMARY KEY,
    topic TEXT NOT NULL,
    name_en TEXT NOT NULL,
    name_cy TEXT NOT NULL,
    unit_en TEXT NOT NULL,
    unit_cy TEXT NOT NULL,
    counts TEXT NOT NULL CHECK (counts IN ('people', 'of_people', 'percent', 'pounds', 'other')),  -- what one of its unit is
    decimals SMALLINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('stock', 'flow', 'cumulative', 'share', 'level')),
    rate BOOLEAN NOT NULL,             -- may be divided by the population of its area
    sum_areas BOOLEAN NOT NULL,        -- may be added over areas
    sum_categories BOOLEAN NOT NULL,   -- its categories add to the total
    sum_time BOOLEAN NOT NULL,         -- may be added over periods
    negative BOOLEAN NOT NULL,         -- negative values are real (net corrections, net changes)
    balance BOOLEAN NOT NULL CHECK (negative OR NOT balance),  -- who came less who went: it has a sign, and 0 is not nobody
    base_en TEXT, base_cy TEXT         -- whom a share of it is of ("of people aged 16 and over"); NULL is all residents
);

CREATE TABLE allocation (               -- people who do not choose where they live: no place is tested against another
    measure TEXT PRIMARY KEY REFERENCES measure (measure),
    effect_en TEXT NOT NULL,
    effect_cy TEXT NOT NULL
);

CREATE TABLE category (
    measure TEXT NOT NULL REFERENCES measure (measure),
    category TEXT NOT NULL,            -- 'total' for a total
    parent TEXT,
    sort INTEGER NOT NULL,
    name_en TEXT NOT NULL,
    name_cy TEXT NOT NULL,
    PRIMARY KEY (measure, category)
);

CREATE TABLE licence (                 -- the licences that publications come under, by name in both languages
    licence_en TEXT PRIMARY KEY,
    licence_cy TEXT NOT NULL
);

CREATE TABLE source (                  -- one row per tidy table, and per reference table that has an origin
    source TEXT PRIMARY KEY,
    publisher_en TEXT NOT NULL, publisher_cy TEXT NOT NULL,
    title_en TEXT NOT NULL, title_cy TEXT NOT NULL,
    edition TEXT NOT NULL, edition_cy TEXT NOT NULL,
    released TEXT NOT NULL,
    url TEXT NOT NULL,
    licence TEXT NOT NULL REFERENCES licence (licence_en), licence_cy TEXT NOT NULL,
    grade TEXT NOT NULL CHECK (grade IN ('A', 'B', 'C', 'T')),
    status TEXT NOT NULL CHECK (status IN ('accredited', 'official', 'in_development', 'published_text')),
    counts_en TEXT NOT NULL, counts_cy TEXT NOT NULL,
    coverage_en TEXT NOT NULL, coverage_cy TEXT NOT NULL,
    caution_en TEXT, caution_cy TEXT,
    checked_en TEXT NOT NULL, checked_cy TEXT NOT NULL,
    vintage TEXT NOT NULL CHECK (vintage IN ('current', 'superseded')),
    table_code TEXT,                   -- what its publisher lists the table under: Asy_D11
    line TEXT NOT NULL,                -- figures of one line may be joined: their editions agree where they overlap
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    retrieved DATE NOT NULL
);

CREATE TABLE refresh (                 -- every publication brought in, by table; the history lies in data/tidy/refreshes.jsonl
    refresh INTEGER NOT NULL,          -- its line there
    day DATE NOT NULL,
    publication TEXT NOT NULL,
    file TEXT NOT NULL,
    source TEXT NOT NULL,              -- a table, which may be gone since
    title TEXT NOT NULL, title_cy TEXT NOT NULL,
    edition_before TEXT, edition_before_cy TEXT,  -- NULL where none was held
    edition TEXT, edition_cy TEXT,     -- NULL where another table gives all its figures now
    released_before TEXT, released TEXT,
    new INTEGER NOT NULL,              -- figures that were not held
    revised INTEGER NOT NULL,
    replaced INTEGER NOT NULL,         -- figures that another table gives now
    lost INTEGER NOT NULL,             -- figures that nobody gives any more
    accepted_lost_periods INTEGER NOT NULL,  -- how much a person looked at and took for right, in the whole publication
    accepted_large_changes INTEGER NOT NULL,
    accepted_contradictions INTEGER NOT NULL,
    why TEXT,                          -- in that person's words
    PRIMARY KEY (refresh, source)
);

CREATE TABLE break (                   -- where figures before and after may not be compared (hard) or need a note (soft)
    measure TEXT NOT NULL REFERENCES measure (measure),
    area_code TEXT NOT NULL REFERENCES area (code),
    date DATE NOT NULL,
    until DATE CHECK (until >= date),  -- the last day of a gap: whole figures on either side of one may be compared
    revised_from DATE CHECK (revised_from < date),  -- the first day that a newer edition revised, up to the break
    kind TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('hard', 'soft')),
    label_en TEXT NOT NULL, label_cy TEXT NOT NULL,
    effect_en TEXT NOT NULL, effect_cy TEXT NOT NULL,
    origin TEXT NOT NULL,
    ends_with TEXT,                    -- the table whose caution tells the months it lasts: "from December 2023 to …"
    while_held TEXT,                   -- the table it speaks of: it goes when that gives no figure here any more
    PRIMARY KEY (measure, area_code, date, kind)
);

CREATE TABLE event (                   -- what happened, to name on a chart; never a cause of what the chart shows
    date DATE NOT NULL,                -- the first day of the month where only the month is certain
    date_precision TEXT NOT NULL CHECK (date_precision IN ('day', 'month')),
    scope_area TEXT REFERENCES area (code),  -- where it happened or took effect; NULL outside the UK
    topic TEXT NOT NULL CHECK (topic IN ('hate_crime', 'migration', 'population', 'recording')),
    title_en TEXT NOT NULL, title_cy TEXT NOT NULL,
    source_title TEXT NOT NULL,
    source_url TEXT NOT NULL,
    PRIMARY KEY (date, title_en)
);

CREATE TABLE campaign (                -- weeks, months and days that officers plan by; no day is ever invented
    campaign TEXT PRIMARY KEY,
    name_en TEXT NOT NULL, name_cy TEXT NOT NULL,
    rule TEXT NOT NULL CHECK (rule IN ('fixed', 'month', 'nth_weekday', 'each_year')),  -- each_year: set anew, to check
    month SMALLINT NOT NULL CHECK (month BETWEEN 1 AND 12),  -- of each_year the one it usually begins in
    day SMALLINT CHECK (day BETWEEN 1 AND 31),
    nth SMALLINT CHECK (nth BETWEEN 1 AND 4),
    weekday SMALLINT CHECK (weekday BETWEEN 1 AND 7),        -- 1 is Monday
    days SMALLINT CHECK (days > 0),                          -- how long it lasts
    last_month SMALLINT CHECK (last_month BETWEEN 1 AND 12), -- of each_year where it runs on into another month
    figures TEXT,                                            -- codes of figures, "asylum_support ukraine"
    facts TEXT,                                              -- communities of the facts
    source_url TEXT NOT NULL CHECK (regexp_matches(source_url, '^https://')),  -- where the rule was read
    CHECK (last_month IS NULL OR (rule = 'each_year' AND last_month <> month)),
    CHECK ((rule = 'fixed') = (day IS NOT NULL)),
    CHECK ((rule = 'nth_weekday') = (nth IS NOT NULL AND weekday IS NOT NULL)),
    CHECK ((rule IN ('fixed', 'nth_weekday')) = (days IS NOT NULL))
);

CREATE TABLE glossary (
    term_en TEXT PRIMARY KEY, term_cy TEXT NOT NULL,
    meaning_en TEXT NOT NULL, meaning_cy TEXT NOT NULL,
    alphabet_en TEXT AS (icu_sort_key(term_en, 'en')),
    alphabet_cy TEXT AS (icu_sort_key(term_cy, 'cy'))
);

CREATE TABLE release_calendar (        -- when a publication usually comes out; a rhythm, not a promise
    publication TEXT NOT NULL, publication_cy TEXT NOT NULL,
    source_prefix TEXT PRIMARY KEY,    -- the tables it feeds: those whose name begins so
    next_en TEXT NOT NULL, next_cy TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('regular', 'irregular', 'suspended', 'past', 'ended', 'one_off')),
    release_months TEXT CHECK (regexp_full_match(release_months, '(1[0-2]|[1-9])( (1[0-2]|[1-9]))*')),  -- "1 4 7 10"
    cycle_months SMALLINT CHECK (cycle_months > 0),  -- from one release to the next
    lag_months SMALLINT CHECK (lag_months >= 0),     -- from the end of the period to its release, at the earliest
    CHECK ((kind = 'one_off') = (release_months IS NULL)),
    CHECK ((kind = 'one_off') = (cycle_months IS NULL)),
    CHECK ((kind = 'one_off') = (lag_months IS NULL))
);

CREATE SEQUENCE written_order;
CREATE TABLE gap (                     -- figures people look for that are not held, and where they can be had
    gap TEXT PRIMARY KEY,
    topic TEXT NOT NULL CHECK (topic IN ('hate_crime', 'population', 'migration', 'sanctuary', 'people')),
    councils_only BOOLEAN NOT NULL,    -- of no concern to a police force area or to Wales
    title_en TEXT NOT NULL, title_cy TEXT NOT NULL,
    why_en TEXT NOT NULL, why_cy TEXT NOT NULL,
    url TEXT NOT NULL,
    filled_by TEXT,                    -- closed by figures of a source whose name begins so,
    filled_after DATE,                 -- of periods that begin after this day; NULL for any
    sort INTEGER DEFAULT nextval('written_order')
);

CREATE TABLE not_shown (               -- what the product never shows, and why
    topic TEXT PRIMARY KEY,
    what_en TEXT NOT NULL, what_cy TEXT NOT NULL,
    why_en TEXT NOT NULL, why_cy TEXT NOT NULL
);

CREATE TABLE revision (                -- figures that an edition held before gave otherwise, as both editions print them
    source TEXT NOT NULL,              -- the tidy table
    edition TEXT NOT NULL, edition_cy TEXT NOT NULL,
    edition_before TEXT NOT NULL, edition_before_cy TEXT NOT NULL,
    measure TEXT NOT NULL,
    area_code TEXT NOT NULL REFERENCES area (code),
    period_start DATE NOT NULL,
    period_months SMALLINT NOT NULL,
    category TEXT NOT NULL,
    before TEXT NOT NULL,
    now TEXT NOT NULL,
    PRIMARY KEY (source, measure, area_code, period_start, period_months, category),
    FOREIGN KEY (measure, category) REFERENCES category (measure, category)
);

CREATE TABLE observation (
    measure TEXT NOT NULL,
    area_code TEXT NOT NULL REFERENCES area (code),
    period_start DATE NOT NULL,        -- first day of the period
    period_months SMALLINT NOT NULL CHECK (period_months >= 0),  -- its length; 0 for a point in time
    category TEXT NOT NULL,
    value DOUBLE,
    lower DOUBLE,
    upper DOUBLE,
    marker TEXT,
    source TEXT NOT NULL REFERENCES source (source),
    derived BOOLEAN NOT NULL,          -- our sum of published figures of the members, not itself published
    PRIMARY KEY (measure, area_code, period_start, period_months, category),
    FOREIGN KEY (measure, category) REFERENCES category (measure, category),
    CHECK (value IS NOT NULL OR coalesce(marker, '') <> ''),
    CHECK (coalesce(marker, '[x]') IN ('[c]', '[x]', '[z]', '[low]', '[p]', '[r]', '[e]', '[u]')),
    CHECK (coalesce(lower, value, 0) <= coalesce(value, lower, 0)),
    CHECK (coalesce(value, upper, 0) <= coalesce(upper, value, 0))
);

CREATE TABLE packed (                  -- the figures once more, a measure of one place a row: what pages ask for most
    about TEXT NOT NULL,               -- the code of an area, or a kind of small areas (lsoa, msoa, ward) for all of them
    measure TEXT NOT NULL,
    figures TEXT NOT NULL              -- JSON: how many, then the columns of observation behind its measure, in the order
                                       -- of its key; a column whose cells are all the same is that one cell
);
