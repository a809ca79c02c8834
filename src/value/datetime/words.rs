//! The words that dates and times are written with.

/// What a word means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Month(i64),
    Weekday,
    Am,
    Pm,
    Ad,
    Bc,
    /// UTC under one of its names.
    Utc,
    /// `t` before a time.
    TimeFollows,
    /// `at` and `on`, which say nothing.
    Filler,
    Infinity,
    MinusInfinity,
    Epoch,
    /// Midnight UTC.
    AllBalls,
    /// Only the server knows: the clock, units as labels, zone abbreviations, daylight saving.
    ServerOnly(&'static str),
}

/// The abbreviations of months and weekdays are accepted too, full names included.
const MONTHS: [&[&str]; 12] = [
    &["jan", "january"],
    &["feb", "february"],
    &["mar", "march"],
    &["apr", "april"],
    &["may"],
    &["jun", "june"],
    &["jul", "july"],
    &["aug", "august"],
    &["sep", "sept", "september"],
    &["oct", "october"],
    &["nov", "november"],
    &["dec", "december"],
];

const WEEKDAYS: &[&str] = &[
    "sun",
    "sunday",
    "mon",
    "monday",
    "tue",
    "tues",
    "tuesday",
    "wed",
    "weds",
    "wednesday",
    "thu",
    "thur",
    "thurs",
    "thursday",
    "fri",
    "friday",
    "sat",
    "saturday",
];

/// Months as the server prints them.
pub(super) const MONTH_NAMES: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
/// Weekdays as the server prints them, Sunday first.
pub(super) const WEEKDAY_NAMES: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/// The zone abbreviations of the server's default set, apart from those of UTC. What they mean is a
/// matter of its `timezone_abbreviations` and, from version 18, of the session's zone.
const ABBREVIATIONS: &str = " acdt acsst acst act acwst adt aedt aesst aest aft akdt akst almst \
almt amst amt anast anat arst art ast awsst awst azost azot azst azt bdst bdt bnt bort bot bra brst \
brt bst btt cadt cast cct cdt cest cet cetdst chadt chast chut ckt clst clt cot cst cxt davt ddut \
easst east eat edt eest eet eetdst egst egt est fet fjst fjt fkst fkt fnst fnt galt gamt gest get \
gft gilt gyt hkt hst ict idt iot irkst irkt irt ist jayt jst kdt kgst kgt kost krast krat kst lhdt \
lhst ligt lint lkt lmt magst magt mart mawt mdt mest mesz met metdst mez mht mmt mpt msd msk mst must \
mut mvt myt ndt nft novst novt npt nst nut nzdt nzst nzt omsst omst pdt pet petst pett pgt pht pkst \
pkt pmdt pmst pont pst pwt pyst pyt ret sadt sast sct sgt taht tft tjt tkt tmt tot trut tvt ulast \
ulat uyst uyt uzst uzt vet vlast vlat volt vut wadt wakt wast wat wdt wet wetdst wft wgst wgt xjt \
yakst yakt yapt yekst yekt ";

/// The meaning of a lower-case word.
pub(super) fn look_up(word: &str) -> Option<Word> {
    let found = match word {
        "am" => Word::Am,
        "pm" => Word::Pm,
        "ad" => Word::Ad,
        "bc" => Word::Bc,
        "utc" | "gmt" | "z" | "zulu" | "ut" | "uct" => Word::Utc,
        "t" => Word::TimeFollows,
        "at" | "on" => Word::Filler,
        "infinity" => Word::Infinity,
        "-infinity" => Word::MinusInfinity,
        "+infinity" => Word::ServerOnly("'+infinity'"),
        "epoch" => Word::Epoch,
        "allballs" => Word::AllBalls,
        "now" | "today" | "tomorrow" | "yesterday" => {
            Word::ServerOnly("a word for the current time")
        }
        "d" | "day" | "dow" | "doy" | "h" | "isodow" | "isoyear" | "j" | "jd" | "julian" | "m"
        | "mm" | "s" | "y" | "dst" => Word::ServerOnly("a date with labelled parts"),
        _ if WEEKDAYS.contains(&word) => Word::Weekday,
        _ => match MONTHS.iter().position(|names| names.contains(&word)) {
            Some(index) => Word::Month(i64::try_from(index + 1).unwrap_or(0)),
            None if ABBREVIATIONS.contains(&format!(" {word} ")) => {
                Word::ServerOnly("a time zone abbreviation")
            }
            None => return None,
        },
    };
    Some(found)
}

/// Whether the server's table of date words has it (zone abbreviations are another table).
pub(super) fn is_known(word: &str) -> bool {
    match look_up(word) {
        None | Some(Word::Utc | Word::ServerOnly("a time zone abbreviation")) => false,
        Some(_) => true,
    }
}
