//! What a column's name says, in several languages.

use super::kind::Kind;

/// Names, as words run together. A column says so where its words, or neighbours of them, are one of these.
const NAMES: &[(Kind, &[&str])] = &[
    (
        Kind::PasswordHash,
        &[
            "password",
            "passwd",
            "pwd",
            "passwordhash",
            "passwordhashed",
            "hashedpassword",
            "encryptedpassword",
            "passworddigest",
            "passwort",
            "kennwort",
            "wachtwoord",
            "motdepasse",
            "contrasena",
            "clave",
            "senha",
            "haslo",
            "losenord",
        ],
    ),
    (
        Kind::Secret,
        &[
            "secret",
            "token",
            "apikey",
            "accesstoken",
            "refreshtoken",
            "privatekey",
            "clientsecret",
            "otpsecret",
            "totpsecret",
            "totp",
            "authtoken",
            "sessiontoken",
            "resettoken",
            "apitoken",
            "accesskey",
            "recoverycodes",
            "pin",
        ],
    ),
    (
        Kind::Email,
        &[
            "email",
            "emailaddress",
            "mail",
            "mailaddress",
            "emails",
            "courriel",
            "correo",
            "correoelectronico",
            "mailadresse",
            "emailadresse",
            "emailadres",
            "epost",
            "sahkoposti",
            "posta",
            "adresseemail",
            "adressemail",
        ],
    ),
    (
        Kind::IpAddress,
        &[
            "ip",
            "ipaddress",
            "ipaddr",
            "ipadresse",
            "ipadres",
            "remoteaddr",
            "remoteip",
            "clientip",
            "loginip",
            "lastip",
            "signinip",
            "remoteaddress",
        ],
    ),
    (
        Kind::Card,
        &[
            "cardnumber",
            "cardno",
            "creditcard",
            "creditcardnumber",
            "ccnumber",
            "pan",
            "kreditkarte",
            "kreditkartennummer",
            "kartennummer",
            "cartebancaire",
            "numerocarte",
            "tarjeta",
            "numerotarjeta",
            "cartadicredito",
            "creditcardno",
        ],
    ),
    (
        Kind::Iban,
        &[
            "iban",
            "bankaccount",
            "bankaccountnumber",
            "kontonummer",
            "kontonr",
            "rekeningnummer",
            "bankrekening",
            "comptebancaire",
            "cuentabancaria",
            "contocorrente",
            "routingnumber",
        ],
    ),
    (
        Kind::UsSsn,
        &[
            "ssn",
            "socialsecurity",
            "socialsecuritynumber",
            "socialsecurityno",
        ],
    ),
    (
        Kind::NlBsn,
        &["bsn", "burgerservicenummer", "sofinummer", "sofi"],
    ),
    (
        Kind::DeTaxId,
        &[
            "steuerid",
            "steueridentifikationsnummer",
            "steueridnr",
            "steuernummer",
        ],
    ),
    (
        Kind::FrNir,
        &[
            "nir",
            "numsecu",
            "numerosecu",
            "securitesociale",
            "numerosecuritesociale",
            "insee",
        ],
    ),
    (Kind::EsDni, &["dni", "nie", "nif", "dninie"]),
    (
        Kind::UkNino,
        &[
            "nino",
            "nationalinsurance",
            "nationalinsurancenumber",
            "ninumber",
        ],
    ),
    (Kind::PlPesel, &["pesel"]),
    (Kind::ItCodiceFiscale, &["codicefiscale", "codfiscale"]),
    (
        Kind::BeNrn,
        &[
            "nrn",
            "rijksregisternummer",
            "rijksregister",
            "insz",
            "niss",
            "registrenational",
        ],
    ),
    (Kind::SePersonnummer, &["personnummer", "personnr"]),
    (Kind::ChAhv, &["ahv", "ahvnummer", "ahvnr", "avs"]),
    (Kind::BrCpf, &["cpf"]),
    (
        Kind::GovernmentId,
        &[
            "nationalid",
            "nationalidnumber",
            "taxid",
            "taxnumber",
            "taxpayerid",
            "tin",
            "itin",
            "passport",
            "passportnumber",
            "passportno",
            "ausweisnummer",
            "personalausweis",
            "reisepass",
            "paspoort",
            "passeport",
            "pasaporte",
            "driverlicense",
            "driverslicense",
            "drivinglicence",
            "licensenumber",
            "fuehrerschein",
            "identitycard",
            "idcard",
            "idnumber",
            "cartedidentite",
            "sozialversicherungsnummer",
            "svnr",
            "versichertennummer",
            "medicare",
            "healthinsurancenumber",
            "nhsnumber",
            "aadhaar",
        ],
    ),
    (
        Kind::Phone,
        &[
            "phone",
            "phonenumber",
            "telephone",
            "telephonenumber",
            "telnr",
            "tel",
            "mobile",
            "mobilephone",
            "cell",
            "cellphone",
            "fax",
            "telefon",
            "telefonnummer",
            "handy",
            "handynummer",
            "mobilnummer",
            "telefoon",
            "telefoonnummer",
            "gsm",
            "numtel",
            "telefono",
            "movil",
            "celular",
            "telefone",
            "cellulare",
            "komorka",
            "msisdn",
        ],
    ),
    (
        Kind::BirthDate,
        &[
            "birthdate",
            "dateofbirth",
            "dob",
            "birthday",
            "born",
            "bornon",
            "geburtsdatum",
            "geburtstag",
            "geburt",
            "geboortedatum",
            "datenaissance",
            "datedenaissance",
            "naissance",
            "fechanacimiento",
            "fechadenacimiento",
            "datanascita",
            "datadinascita",
            "dataurodzenia",
            "datanascimento",
            "nascimento",
            "fodelsedatum",
            "birthyear",
            "yearofbirth",
        ],
    ),
    (
        Kind::PersonName,
        &[
            "firstname",
            "fname",
            "forename",
            "lastname",
            "lname",
            "surname",
            "fullname",
            "givenname",
            "familyname",
            "middlename",
            "maidenname",
            "vorname",
            "nachname",
            "familienname",
            "geburtsname",
            "voornaam",
            "achternaam",
            "prenom",
            "nomdefamille",
            "apellido",
            "apellidos",
            "primerapellido",
            "cognome",
            "imie",
            "nazwisko",
            "fornamn",
            "efternamn",
            "sobrenome",
            "contactname",
            "customername",
            "patientname",
            "employeename",
            "cardholder",
            "accountholder",
            "kontoinhaber",
        ],
    ),
    (
        Kind::Postcode,
        &[
            "zip",
            "zipcode",
            "postcode",
            "postalcode",
            "plz",
            "postleitzahl",
            "codepostal",
            "codigopostal",
            "kodpocztowy",
            "postnummer",
        ],
    ),
    (
        Kind::Address,
        &[
            "address",
            "streetaddress",
            "street",
            "streetname",
            "addr",
            "addressline",
            "adresse",
            "anschrift",
            "strasse",
            "hausnummer",
            "adres",
            "straat",
            "straatnaam",
            "huisnummer",
            "rue",
            "direccion",
            "calle",
            "domicilio",
            "indirizzo",
            "endereco",
            "ulica",
            "shippingaddress",
            "billingaddress",
            "homeaddress",
        ],
    ),
    (
        Kind::FreeText,
        &[
            "note",
            "notes",
            "comment",
            "comments",
            "remark",
            "remarks",
            "memo",
            "bemerkung",
            "bemerkungen",
            "notiz",
            "notizen",
            "opmerking",
            "opmerkingen",
            "remarque",
            "remarques",
            "observaciones",
            "diagnosis",
            "diagnose",
            "anamnesis",
            "anamnese",
        ],
    ),
];

/// A plain `name` is a person's in tables of people alone.
const PLAIN_NAMES: &[&str] = &["name", "nom", "nombre", "nome", "naam", "namn"];
const PEOPLE: &[&str] = &[
    "customer",
    "customers",
    "user",
    "users",
    "person",
    "persons",
    "people",
    "patient",
    "patients",
    "employee",
    "employees",
    "contact",
    "contacts",
    "member",
    "members",
    "client",
    "clients",
    "student",
    "students",
    "guest",
    "guests",
    "passenger",
    "passengers",
    "staff",
    "applicant",
    "applicants",
    "candidate",
    "candidates",
    "lead",
    "leads",
    "kunde",
    "kunden",
    "mitarbeiter",
    "patienten",
    "person",
    "personen",
    "klant",
    "klanten",
    "medewerkers",
    "utilisateur",
    "utilisateurs",
    "cliente",
    "clientes",
    "usuario",
    "usuarios",
    "dipendenti",
    "klienci",
];

/// Words beside which a column is about the thing and does not hold it.
const ABOUT: &[&str] = &[
    "template",
    "subject",
    "status",
    "type",
    "kind",
    "count",
    "sent",
    "verified",
    "confirmed",
    "enabled",
    "format",
    "provider",
    "domain",
    "id",
    "at",
    "on",
    "expires",
    "expiry",
    "is",
    "has",
    "allow",
    "allowed",
    "opt",
    "optin",
    "preference",
    "required",
    "length",
    "version",
    "algorithm",
    "hint",
    "attempts",
    "title",
    "label",
    "locale",
    "language",
    "country",
    "queue",
    "code",
    "category",
    "mode",
    "policy",
];

/// The kind that a name speaks of.
pub(super) fn kind(table: &str, column: &str) -> Option<Kind> {
    let words = words(column);
    let runs = runs(&words);
    let found = NAMES.iter().find_map(|(kind, names)| {
        let mut hit = runs.iter().filter(|(run, _)| names.contains(&run.as_str()));
        hit.next().map(|(_, count)| (*kind, *count))
    });
    match found {
        Some((kind, count)) => {
            // `email_sent_at` is about e-mail; `zip_code`, `date_of_birth` are names of their own.
            let rest = words.len() > count;
            let about = rest && words.iter().any(|word| ABOUT.contains(&word.as_str()));
            let own = runs.iter().any(|(run, length)| {
                *length > 1 && NAMES.iter().any(|(_, names)| names.contains(&run.as_str()))
            });
            (!about || (own && count > 1)).then_some(kind)
        }
        None => {
            let whole = words.concat();
            let person = self::words(table)
                .iter()
                .any(|word| PEOPLE.contains(&word.as_str()));
            (person && PLAIN_NAMES.contains(&whole.as_str())).then_some(Kind::PersonName)
        }
    }
}

/// Words in lower case: `firstName`, `first_name`, `FIRST-NAME`; digits at their ends are dropped, accents taken off.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut lower = false;
    for c in name.chars() {
        let border = !c.is_alphanumeric() || (c.is_uppercase() && lower);
        if border && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        lower = c.is_lowercase();
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase().flat_map(plain));
        }
    }
    words.push(word);
    words
        .into_iter()
        .map(|word| {
            word.trim_end_matches(|c: char| c.is_ascii_digit())
                .to_owned()
        })
        .filter(|word| !word.is_empty())
        .collect()
}

fn plain(c: char) -> impl Iterator<Item = char> {
    let plain = match c {
        'á' | 'à' | 'â' | 'ã' | 'å' => "a",
        'ä' => "ae",
        'é' | 'è' | 'ê' | 'ë' | 'ę' => "e",
        'í' | 'ì' | 'î' | 'ï' => "i",
        'ó' | 'ò' | 'ô' | 'õ' => "o",
        'ö' => "oe",
        'ú' | 'ù' | 'û' => "u",
        'ü' => "ue",
        'ç' => "c",
        'ñ' => "n",
        'ß' => "ss",
        'ł' => "l",
        _ => "",
    };
    let kept = plain.is_empty().then_some(c);
    plain.chars().chain(kept)
}

/// Neighbouring words run together, the longest first, with how many they are.
fn runs(words: &[String]) -> Vec<(String, usize)> {
    let mut runs: Vec<(String, usize)> = (0..words.len())
        .flat_map(|from| (from + 1..=words.len()).map(move |to| (from, to)))
        .filter_map(|(from, to)| Some((words.get(from..to)?.concat(), to - from)))
        .collect();
    runs.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_speak_in_several_languages() {
        for (table, column, expected) in [
            ("customers", "email", Some(Kind::Email)),
            ("customers", "EmailAddress", Some(Kind::Email)),
            ("kunden", "telefonnummer", Some(Kind::Phone)),
            ("kunden", "Geburtsdatum", Some(Kind::BirthDate)),
            ("kunden", "straße", Some(Kind::Address)),
            ("clients", "prénom", Some(Kind::PersonName)),
            ("clients", "date_naissance", Some(Kind::BirthDate)),
            ("klanten", "bsn", Some(Kind::NlBsn)),
            ("clientes", "fecha_nacimiento", Some(Kind::BirthDate)),
            ("clientes", "correo_electronico", Some(Kind::Email)),
            ("persone", "codice_fiscale", Some(Kind::ItCodiceFiscale)),
            ("users", "last_login_ip", Some(Kind::IpAddress)),
            ("users", "password_hash", Some(Kind::PasswordHash)),
            ("users", "name", Some(Kind::PersonName)),
            ("products", "name", None),
            ("users", "ip_address", Some(Kind::IpAddress)),
            ("users", "date_of_birth", Some(Kind::BirthDate)),
            ("users", "zip_code", Some(Kind::Postcode)),
            ("users", "address_line1", Some(Kind::Address)),
            ("users", "email_sent_at", None),
            ("users", "email_template_id", None),
            ("users", "phone_verified", None),
            ("orders", "total", None),
            ("orders", "shipping", None),
            ("orders", "tape", None),
        ] {
            assert_eq!(kind(table, column), expected, "{table}.{column}");
        }
    }
}
