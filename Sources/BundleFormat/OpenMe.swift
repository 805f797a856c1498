/// The text of `OPEN-ME.txt`: how to open and check a bundle with tools everybody has, and what
/// the law asks of whoever holds it.
///
/// The same in every bundle, so that it says nothing about a student. The lines that start with
/// "    $ " are run by a test, exactly as they stand.
package enum OpenMe {
    /// The lines of the text that are commands, without their mark, in order.
    package static var commands: [String] {
        text.split(separator: "\n")
            .filter { $0.hasPrefix(mark) }
            .map { String($0.dropFirst(mark.count)) }
    }

    private static let mark = "    $ "

    package static let text = """
        HOW TO OPEN AND CHECK THIS RECORD                      (Español: más abajo)
        =================================

        This folder holds parts of a student's record, sent by one school to another.
        You need OpenSSL 3.0 or later, unzip and sha256sum. Put these next to each other:

          bundle.cms   the sealed file you received
          key.pem      your private key          cert.pem   your certificate
          ca.pem       the certificate of the gateway that sent it. Get it from the gateway's
                       address or by phone, never from the same message as the file.

        1. Open the seal. If this fails, stop: the file was changed, cut short, or is not for you.

            $ openssl cms -decrypt -inform DER -in bundle.cms -inkey key.pem -recip cert.pem -binary -out bundle.zip
            $ unzip -q -UU bundle.zip -d bundle
            $ cd bundle

        2. Check who signed it. It must say "CMS Verification successful".

            $ openssl cms -verify -inform DER -in manifest.p7s -content manifest.json -binary -CAfile ../ca.pem -out /dev/null

        3. Check that the list of files is the signed one (it must print a line), and then that
           every file is as it was sent (every line must end in OK).

            $ grep "$(sha256sum SHA256SUMS | cut -c1-64)" manifest.json
            $ sha256sum -c SHA256SUMS

        4. Read. record.html is the record on one page, and record.pdf the same page, signed, for
           printing (pdfsig record.pdf); files/ holds what was attached.
           manifest.json says who sent it to whom, for which request, who certified it and what
           became of each part. Make sure that you are the recipient it names.

        The program does all of this with:  mochila open bundle.cms --key key.pem --cert cert.pem
        --ca ca.pem --into bundle

        WHAT THE LAW ASKS (FERPA, 34 CFR 99.33)
        This is personally identifiable information from education records. You may use it only
        for the purpose for which it was disclosed. You may not disclose it to any other party
        without the prior written consent of the parent or eligible student, except as
        34 CFR 99.31 and 99.33 allow. If it is not for you, delete it and tell the sender.

        ------------------------------------------------------------------------------------------

        CÓMO ABRIR Y COMPROBAR ESTE EXPEDIENTE
        ======================================

        Esta carpeta contiene partes del expediente de un estudiante, enviadas de una escuela a
        otra. Necesita OpenSSL 3.0 o posterior, unzip y sha256sum. Ponga juntos: bundle.cms (el
        archivo sellado que recibió), key.pem (su clave privada), cert.pem (su certificado) y
        ca.pem (el certificado de la pasarela que lo envió; pídalo en la dirección de la pasarela
        o por teléfono, nunca en el mismo mensaje que el archivo). Las órdenes son las de arriba.

        1. Abra el sello. Si falla, deténgase: el archivo fue alterado, está incompleto o no es
           para usted.
        2. Compruebe quién lo firmó. Debe decir "CMS Verification successful".
        3. Compruebe que la lista de archivos es la firmada (debe mostrar una línea) y que cada
           archivo está como se envió (cada línea debe terminar en OK).
        4. Lea. record.html es el expediente en una página y record.pdf la misma página, firmada,
           para imprimir (pdfsig record.pdf); files/ contiene los adjuntos;
           manifest.json dice quién lo envió a quién, para qué solicitud, quién lo certificó y qué
           pasó con cada parte. Compruebe que usted es el destinatario que se nombra.

        LO QUE PIDE LA LEY (FERPA, 34 CFR 99.33)
        Esta es información personal de expedientes educativos. Solo puede usarse para el fin con
        que se entregó. No puede darla a ninguna otra persona u organización sin el consentimiento
        previo y por escrito del padre, la madre o el estudiante con derecho a darlo, salvo lo que
        permiten 34 CFR 99.31 y 99.33. Si no es para usted, bórrela y avise a quien la envió.

        """
}
