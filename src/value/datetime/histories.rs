//! Zones whose history depends on how the server's time zone data was built.

/// Names that the time zone database made links to a neighbour because both agree from 1970 on. A
/// server built with the older histories ("backzone", as Debian's) tells other local times before 1970
/// than one without. In order of bytes, for the search.
const SPLIT_BEFORE_1970: &[&str] = &[
    "Africa/Accra",
    "Africa/Addis_Ababa",
    "Africa/Asmara",
    "Africa/Bamako",
    "Africa/Bangui",
    "Africa/Banjul",
    "Africa/Blantyre",
    "Africa/Brazzaville",
    "Africa/Bujumbura",
    "Africa/Conakry",
    "Africa/Dakar",
    "Africa/Dar_es_Salaam",
    "Africa/Djibouti",
    "Africa/Douala",
    "Africa/Freetown",
    "Africa/Gaborone",
    "Africa/Harare",
    "Africa/Kampala",
    "Africa/Kigali",
    "Africa/Kinshasa",
    "Africa/Libreville",
    "Africa/Lome",
    "Africa/Luanda",
    "Africa/Lubumbashi",
    "Africa/Lusaka",
    "Africa/Malabo",
    "Africa/Maseru",
    "Africa/Mbabane",
    "Africa/Mogadishu",
    "Africa/Niamey",
    "Africa/Nouakchott",
    "Africa/Ouagadougou",
    "Africa/Porto-Novo",
    "America/Anguilla",
    "America/Antigua",
    "America/Aruba",
    "America/Atikokan",
    "America/Blanc-Sablon",
    "America/Cayman",
    "America/Creston",
    "America/Curacao",
    "America/Dominica",
    "America/Grenada",
    "America/Guadeloupe",
    "America/Montserrat",
    "America/Nassau",
    "America/Port_of_Spain",
    "America/St_Kitts",
    "America/St_Lucia",
    "America/St_Thomas",
    "America/St_Vincent",
    "America/Tortola",
    "Antarctica/DumontDUrville",
    "Antarctica/McMurdo",
    "Antarctica/Syowa",
    "Asia/Aden",
    "Asia/Bahrain",
    "Asia/Brunei",
    "Asia/Kuala_Lumpur",
    "Asia/Kuwait",
    "Asia/Muscat",
    "Asia/Phnom_Penh",
    "Asia/Vientiane",
    "Atlantic/Reykjavik",
    "Atlantic/St_Helena",
    "Europe/Amsterdam",
    "Europe/Copenhagen",
    "Europe/Guernsey",
    "Europe/Isle_of_Man",
    "Europe/Jersey",
    "Europe/Ljubljana",
    "Europe/Luxembourg",
    "Europe/Monaco",
    "Europe/Oslo",
    "Europe/Sarajevo",
    "Europe/Skopje",
    "Europe/Stockholm",
    "Europe/Vaduz",
    "Europe/Zagreb",
    "Indian/Antananarivo",
    "Indian/Christmas",
    "Indian/Cocos",
    "Indian/Comoro",
    "Indian/Kerguelen",
    "Indian/Mahe",
    "Indian/Mayotte",
    "Indian/Reunion",
    "Pacific/Chuuk",
    "Pacific/Funafuti",
    "Pacific/Majuro",
    "Pacific/Midway",
    "Pacific/Pohnpei",
    "Pacific/Saipan",
    "Pacific/Wake",
    "Pacific/Wallis",
];

/// Names that stood for rules of their own until 2024 and for a city's since.
const REDEFINED: &[&str] = &[
    "CET", "CST6CDT", "EET", "EST", "EST5EDT", "HST", "MET", "MST", "MST7MDT", "PST8PDT", "WET",
];

/// The moment, in seconds since 2000-01-01 UTC, from which on all servers agree about the zone.
pub(super) fn agreed_from(name: &str) -> i64 {
    /// 1970-01-01.
    const UNIX_EPOCH: i64 = -946_684_800;
    if name == "MET" {
        // Its abbreviations changed too.
        i64::MAX
    } else if REDEFINED.contains(&name) {
        0
    } else if SPLIT_BEFORE_1970.binary_search(&name).is_ok() {
        UNIX_EPOCH
    } else {
        i64::MIN
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        assert!(SPLIT_BEFORE_1970.is_sorted());
        assert!(agreed_from("Europe/Oslo") > i64::MIN);
        assert_eq!(agreed_from("Europe/Berlin"), i64::MIN);
    }
}
