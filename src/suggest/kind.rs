//! What a column may hold.

use super::{numbers, patterns};

macro_rules! kinds {
    ($($kind:ident $class:literal $words:literal,)*) => {
        /// A kind of personal or secret data.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "named by their words below")]
        pub enum Kind { $($kind,)* }

        impl Kind {
            /// All of them.
            pub const ALL: &'static [Kind] = &[$(Kind::$kind,)*];

            /// Name of its class in a draft.
            pub fn class(self) -> &'static str {
                match self { $(Kind::$kind => $class,)* }
            }

            /// In plain words.
            pub fn words(self) -> &'static str {
                match self { $(Kind::$kind => $words,)* }
            }
        }
    };
}

kinds! {
    Email "email" "e-mail address",
    Card "payment-card" "payment card number",
    Iban "bank-account" "bank account",
    UsSsn "us-ssn" "social security number (US)",
    NlBsn "nl-bsn" "burgerservicenummer (NL)",
    DeTaxId "de-tax-id" "Steuer-ID (DE)",
    FrNir "fr-nir" "NIR, social security (FR)",
    EsDni "es-dni" "DNI or NIE (ES)",
    UkNino "uk-nino" "national insurance number (UK)",
    PlPesel "pl-pesel" "PESEL (PL)",
    ItCodiceFiscale "it-codice-fiscale" "codice fiscale (IT)",
    BeNrn "be-nrn" "national register number (BE)",
    SePersonnummer "se-personnummer" "personnummer (SE)",
    ChAhv "ch-ahv" "AHV number (CH)",
    BrCpf "br-cpf" "CPF (BR)",
    GovernmentId "government-id" "number of an identity document or tax office",
    Phone "phone" "telephone number",
    BirthDate "birth-date" "date of birth",
    PersonName "person-name" "name of a person",
    Address "address" "postal address",
    Postcode "postcode" "postcode",
    IpAddress "ip-address" "IP address",
    PasswordHash "password" "password or its hash",
    Secret "secret" "secret, token or key",
    FreeText "free-text" "free text, in which anything may stand",
}

impl Kind {
    /// Whether a value is one, where that shows.
    pub fn recognises(self, value: &str) -> Option<bool> {
        Some(match self {
            Kind::Email => patterns::email(value),
            Kind::Card => numbers::card(value),
            Kind::Iban => numbers::iban(value),
            Kind::UsSsn => numbers::us_ssn(value),
            Kind::NlBsn => numbers::nl_bsn(value),
            Kind::DeTaxId => numbers::de_tax_id(value),
            Kind::FrNir => numbers::fr_nir(value),
            Kind::EsDni => numbers::es_dni(value),
            Kind::UkNino => numbers::uk_nino(value),
            Kind::PlPesel => numbers::pl_pesel(value),
            Kind::ItCodiceFiscale => numbers::it_codice_fiscale(value),
            Kind::BeNrn => numbers::be_nrn(value),
            Kind::SePersonnummer => numbers::se_personnummer(value),
            Kind::ChAhv => numbers::ch_ahv(value),
            Kind::BrCpf => numbers::br_cpf(value),
            Kind::Phone => patterns::phone(value),
            Kind::IpAddress => patterns::ip(value),
            Kind::PasswordHash => patterns::password_hash(value),
            Kind::Secret => patterns::secret(value),
            Kind::GovernmentId
            | Kind::BirthDate
            | Kind::PersonName
            | Kind::Address
            | Kind::Postcode
            | Kind::FreeText => return None,
        })
    }

    /// How the check is called in a report.
    pub fn test(self) -> &'static str {
        match self {
            Kind::Card => "pass Luhn with an issuer's prefix",
            Kind::Iban => "pass IBAN's modulo 97",
            Kind::NlBsn => "pass the 11-test",
            Kind::FrNir => "have a right key",
            Kind::EsDni | Kind::ItCodiceFiscale => "have the right letter",
            Kind::DeTaxId
            | Kind::PlPesel
            | Kind::BeNrn
            | Kind::SePersonnummer
            | Kind::ChAhv
            | Kind::BrCpf => "have a right check digit",
            Kind::Email
            | Kind::UsSsn
            | Kind::UkNino
            | Kind::GovernmentId
            | Kind::Phone
            | Kind::BirthDate
            | Kind::PersonName
            | Kind::Address
            | Kind::Postcode
            | Kind::IpAddress
            | Kind::PasswordHash
            | Kind::Secret
            | Kind::FreeText => "have its form",
        }
    }

    /// Whether a number that is made up passes so rarely that the check alone proves it. (One in ten or eleven
    /// passes a single check digit; columns of numbers are many.)
    pub fn is_telling(self) -> bool {
        matches!(
            self,
            Kind::Email
                | Kind::Card
                | Kind::Iban
                | Kind::UsSsn
                | Kind::DeTaxId
                | Kind::FrNir
                | Kind::EsDni
                | Kind::UkNino
                | Kind::PlPesel
                | Kind::ItCodiceFiscale
                | Kind::BeNrn
                | Kind::SePersonnummer
                | Kind::ChAhv
                | Kind::BrCpf
                | Kind::NlBsn
                | Kind::IpAddress
                | Kind::PasswordHash
                | Kind::Secret
        )
    }
}
