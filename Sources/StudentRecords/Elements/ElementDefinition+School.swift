// Elements 40 to 61.
//
// Numbers, uses, names, definitions and code lists are transcribed from the report's Appendix B (US
// Government work, public domain); type, repetition, group and phase are readings of it.
extension ElementDefinition {
    static let schoolRows: [Self] = [
        Self(
            .schoolCode,
            "School/Facility Identification Code",
            uses: "EPG",
            .identifier,
            .school,
            phase: 1,
            repeats: true,
            "A unique code assigned to each school, site, or facility providing "
                + "educational and/or educationally related services."
        ),
        Self(
            .schoolName,
            "School Name",
            uses: "EPG",
            .text,
            .school,
            phase: 1,
            repeats: true,
            "The full legally or popularly accepted name of a school (or project "
                + "providing educational and/or educationally-related services)."
        ),
        Self(
            .address1,
            "Address1",
            uses: "EPG",
            .text,
            .school,
            phase: 1,
            repeats: true,
            "Line 1 of the mailing address. The street number and name or post office box "
                + "number of a school’s address."
        ),
        Self(
            .address2,
            "Address2",
            uses: "EPG",
            .text,
            .school,
            phase: 1,
            repeats: true,
            "Line 2 of the mailing address. The building, office, department, room, suite "
                + "number of a school’s address."
        ),
        Self(
            .address3,
            "Address3",
            uses: "EPG",
            .text,
            .school,
            phase: 1,
            repeats: true,
            "Line 3 of the mailing address."
        ),
        Self(
            .city,
            "City",
            uses: "EPG",
            .text,
            .school,
            phase: 1,
            repeats: true,
            "The name of the city in which a school is located."
        ),
        Self(
            .district,
            "District",
            uses: "EPG",
            .text,
            .school,
            phase: 1,
            repeats: true,
            "The full legally or popularly accepted name of a local educational agency "
                + "(i.e., school district or local operating agency)."
        ),
        Self(
            .state,
            "State",
            uses: "EP",
            .stateCode,
            .school,
            phase: 1,
            repeats: true,
            "The postal abbreviation code for a State (within the United States) or "
                + "Outlying Area in which a school or other facility is located."
        ),
        Self(
            .zip,
            "Zip",
            uses: "EPG",
            .zip,
            .school,
            phase: 1,
            repeats: true,
            "The five or nine digit zip code portion of a school or other facility’s "
                + "address."
        ),
        Self(
            .phone,
            "Phone",
            uses: "EG",
            .phone,
            .school,
            phase: 1,
            repeats: true,
            "The telephone number of the school or project contact person including the "
                + "area code and extension, if applicable. Allow for an optional alternate "
                + "phone number."
        ),
        Self(
            .enrollmentDate,
            "Enrollment Date",
            uses: "EPG",
            .date,
            .enrollment,
            phase: 1,
            repeats: true,
            "The month, day, and year on which a student enrolls in a school, project, or "
                + "State and is eligible to receive instructional or support services during a "
                + "given session."
        ),
        Self(
            .enrollmentType,
            "Enrollment Type",
            uses: "P",
            .code,
            .enrollment,
            phase: 1,
            repeats: true,
            "The type of school/migrant education project in which instruction and/or "
                + "support services are provided.",
            codes: [
                CodeValue("01", "Regular School"),
                CodeValue("02", "Regular Term MEP-Funded Supplemental Program"),
                CodeValue("03", "Summer/Intersession MEP-Funded Project"),
                CodeValue("04", "Year Round MEP-funded Project"),
                CodeValue("05", "Residency Only"),
            ]
        ),
        Self(
            .designatedForGraduation,
            "Designated School for Graduation Flag",
            uses: "PG",
            .flag,
            .school,
            phase: 1,
            repeats: true,
            "An indicator that designates the school or facility from which a student "
                + "expects to graduate and is linked with associated school or facility "
                + "identification fields (i.e., district, city, state, zip code). Only one "
                + "school may be designated for graduation at any one point in time."
        ),
        Self(
            .subjectRequirement,
            "Subject Area Requirements",
            uses: "G",
            .amount,
            .graduationRequirement,
            phase: 3,
            repeats: true,
            "Number of credits (Carnegie units) required in individual subject areas for "
                + "graduation in the State from which the student is projected to graduate."
        ),
        Self(
            .subjectArea,
            "Subject Area",
            uses: "PG",
            .text,
            .graduationRequirement,
            phase: 3,
            repeats: true,
            "The name of a subject area (e.g., History, English)"
        ),
    ]
}
