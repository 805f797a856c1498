// Elements 1 to 19.
//
// Numbers, uses, names, definitions and code lists are transcribed from the report's Appendix B (US
// Government work, public domain); type, repetition, group and phase are readings of it.
extension ElementDefinition {
    static let studentRows: [Self] = [
        Self(
            .studentRecordNumber,
            "Student Record Number",
            uses: "E",
            .identifier,
            .identity,
            phase: 1,
            repeats: false,
            "A unique key assigned to a migrant student."
        ),
        Self(
            .stateStudentIdentificationNumber,
            "State Student Identification Number",
            uses: "E",
            .identifier,
            .stateIdentifier,
            phase: 1,
            repeats: true,
            "An alternate identification number assigned to a student by a State."
        ),
        Self(
            .paternalSurname,
            "Last Name1",
            uses: "E",
            .text,
            .identity,
            phase: 1,
            repeats: false,
            "Student’s legal last name (paternal)."
        ),
        Self(
            .maternalSurname,
            "Last Name2",
            uses: "E",
            .text,
            .identity,
            phase: 1,
            repeats: false,
            "If appropriate, student’s legal last name (maternal). [Note: Provides an "
                + "option for a hyphenated or double last name.]"
        ),
        Self(
            .firstName,
            "First Name",
            uses: "E",
            .text,
            .identity,
            phase: 1,
            repeats: false,
            "A name given to a student at birth, baptism, or during another naming "
                + "ceremony, or through legal change."
        ),
        Self(
            .middleName,
            "Middle Name",
            uses: "E",
            .text,
            .identity,
            phase: 1,
            repeats: false,
            "A secondary name given to a student at birth, baptism, or during another "
                + "naming ceremony, or through legal change."
        ),
        Self(
            .generation,
            "Generation",
            uses: "E",
            .text,
            .identity,
            phase: 1,
            repeats: false,
            "An appendage, if any, used to denote a student’s generation in his family "
                + "(e.g., Jr., Sr., III)."
        ),
        Self(
            .gender,
            "Gender",
            uses: "E",
            .code,
            .identity,
            phase: 1,
            repeats: false,
            "A student’s gender.",
            codes: [
                CodeValue("01", "Female"),
                CodeValue("02", "Male"),
            ]
        ),
        Self(
            .birthDate,
            "Birth Date",
            uses: "E",
            .date,
            .identity,
            phase: 1,
            repeats: false,
            "The month, day, and year on which a student was born."
        ),
        Self(
            .birthEvidence,
            "Birth Certificate Flag",
            uses: "E",
            .code,
            .birth,
            phase: 1,
            repeats: false,
            "The evidence by which a student’s date of birth is confirmed.",
            codes: [
                CodeValue(
                    "01",
                    "Birth certificate",
                    "A written statement or form issued by an Office of Vital Statistics "
                        + "verifying the name and birth date of the child as reported by the "
                        + "physician attending at the birth."
                ),
                CodeValue(
                    "02",
                    "Other official document",
                    "(i.e., baptismal or church certificate, physician/hospital "
                        + "certificate, passport, previously verified school record, "
                        + "State-issued ID, driver’s license)."
                ),
                CodeValue(
                    "03",
                    "Self Report",
                    "Parent or student reports age, birth date, and place of birth."
                ),
            ]
        ),
        Self(
            .birthCity,
            "Birth City",
            uses: "E",
            .text,
            .birth,
            phase: 1,
            repeats: false,
            "The name of the city in which the student was born."
        ),
        Self(
            .birthState,
            "Birth State",
            uses: "E",
            .stateCode,
            .birth,
            phase: 1,
            repeats: false,
            "The postal abbreviation code for a State (within the United States), "
                + "Outlying Area, or State (in another country) in which a student was born."
        ),
        Self(
            .birthCountry,
            "Birth Country",
            uses: "E",
            .text,
            .birth,
            phase: 1,
            repeats: false,
            "The name of the country in which a student was born."
        ),
        Self(
            .parent1LastName,
            "Birth/Legal Parent1 Last Name",
            uses: "E",
            .text,
            .parents,
            phase: 1,
            repeats: false,
            "The last/surname of the natural or adoptive male parent having legal "
                + "responsibility for a student."
        ),
        Self(
            .parent1FirstName,
            "Birth/Legal Parent1 First Name",
            uses: "E",
            .text,
            .parents,
            phase: 1,
            repeats: false,
            "The first name of the natural male parent having legal responsibility for a "
                + "student."
        ),
        Self(
            .parent2LastName,
            "Birth/Legal Parent2 Last Name",
            uses: "E",
            .text,
            .parents,
            phase: 1,
            repeats: false,
            "The last/surname of the natural or adoptive female parent having legal "
                + "responsibility for a student."
        ),
        Self(
            .parent2FirstName,
            "Birth/Legal Parent2 First Name",
            uses: "E",
            .text,
            .parents,
            phase: 1,
            repeats: false,
            "The first name of the natural or adoptive female parent having legal "
                + "responsibility for a student."
        ),
        Self(
            .guardianLastName,
            "Current Parent/ Guardian Last Name",
            uses: "E",
            .text,
            .guardian,
            phase: 1,
            repeats: false,
            "The last/surname of the adult serving as the student's local guardian. "
                + "[Note: Provides an option for a hyphenated or double last name.]"
        ),
        Self(
            .guardianFirstName,
            "Current Parent/ Guardian First Name",
            uses: "E",
            .text,
            .guardian,
            phase: 1,
            repeats: false,
            "The first name of the adult serving as the student's local guardian."
        ),
    ]
}
