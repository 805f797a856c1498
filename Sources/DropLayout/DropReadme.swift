/// What a partner reads at the root.
package enum DropReadme {
    /// `feeds`: the systems whose extracts this account may drop.
    package static func text(feeds: Set<String>, limits: DropLimits) -> String {
        text + about(limits) + (feeds.isEmpty ? "" : about(feeds.sorted()))
    }

    private static func about(_ limits: DropLimits) -> String {
        let size = ByteCount.text
        return """

            ------------------------------------------------------------------------------------------

            Limits of this account / Límites de esta cuenta

            one file / un archivo                      \(size(limits.fileBytes))
            waiting to be taken / por recoger          \(limits.filesUnderWay) files / archivos, \(size(limits.bytesUnderWay))
            in a day (UTC) / en un día (UTC)           \(limits.filesPerDay) files / archivos, \(size(limits.bytesPerDay))
            connections at once / conexiones a la vez  \(limits.sessions)

            "df" in sftp shows what is left. Beyond that a file is refused with "Failure" and the reason,
            and what was sent before is safe. Ask the people who run the gateway for more.

            "df" en sftp muestra lo que queda. Más allá se rechaza el archivo con "Failure" y el motivo, y
            lo ya enviado está a salvo. Pida más a quienes administran la plataforma.

            """
    }

    private static func about(_ systems: [String]) -> String {
        let names = systems.flatMap { ["\($0).snapshot.csv", "\($0).changes.csv"] }
            .map { "    in/\($0)\n" }.joined()
        return """

            ------------------------------------------------------------------------------------------

            Extracts for the record locator / Extractos para el localizador de expedientes

            \(names)
            This account may also drop extracts of these systems, as text with columns: a snapshot says
            all there is, and what it does not name is withdrawn; changes say what changed. More may
            stand before .csv, such as SYSTEM.changes.2026-05-18.csv. Nothing else is read as an
            extract, and a sealed bundle under such a name is refused.
            receipts/NAME.receipt.json has the counts, signed; receipts/NAME.refused.csv every refused
            row with its column and reason, and nothing of what stood there. What would withdraw an
            unusual share, has too many refused rows or does not end with a line end is "held" until a
            person of your organization has looked at it on the gateway's pages.

            Esta cuenta también puede dejar extractos de estos sistemas, como texto con columnas:
            "snapshot" dice todo lo que hay, y lo que no nombra se retira; "changes" dice lo que cambió.
            receipts/NOMBRE.receipt.json tiene los totales, firmados; receipts/NOMBRE.refused.csv cada
            fila rechazada con su columna y su motivo, y nada de lo que había ahí. Lo que retiraría una
            parte inusual, tiene demasiadas filas rechazadas o no termina con un fin de línea queda
            retenido ("held") hasta que una persona de su organización lo revise en las páginas de la
            plataforma.

            """
    }

    private static let text = """
        Mochila: sealed bundles of school records

        in/         Put sealed bundles here (CMS AuthEnvelopedData, AES-256-GCM, sealed to this
                    gateway's certificate and signed with yours). Anything else is refused after
                    its first bytes. A name ending in .part, .tmp or .filepart waits until you
                    rename it. What was sent stays listed with its size and is not read back.
        out/        Sealed bundles for you. A bundle that you fetched whole counts as collected
                    and can then be removed.
        receipts/   NAME.receipt.json for everything you sent, within a minute: accepted with the
                    digests, or refused with the reason and what to do. NAME.receipt.json.p7s
                    is this gateway's signature over it: openssl cms -verify -binary
                    -inform DER -in R.p7s -content R -CAfile ca.pem -out /dev/null

        A connection that ends before a file is closed submits nothing: send it again or resume
        it. The same bundle sent twice is filed once and gets the same receipt.

        ------------------------------------------------------------------------------------------

        Mochila: paquetes sellados de expedientes escolares

        in/         Ponga aquí los paquetes sellados (CMS AuthEnvelopedData, AES-256-GCM, sellados
                    para el certificado de esta plataforma y firmados con el suyo). Todo lo demás
                    se rechaza tras los primeros bytes. Un nombre que termina en .part, .tmp o
                    .filepart espera hasta que lo cambie. Lo enviado sigue en la lista con su
                    tamaño y no se puede volver a leer.
        out/        Paquetes sellados para usted. Un paquete leído por completo cuenta como
                    recogido y entonces puede borrarse.
        receipts/   NOMBRE.receipt.json por cada envío, en menos de un minuto: aceptado con sus
                    resúmenes digitales, o rechazado con el motivo y qué hacer.
                    NOMBRE.receipt.json.p7s es la firma de esta plataforma: openssl cms -verify
                    -binary -inform DER -in R.p7s -content R -CAfile ca.pem -out /dev/null

        Una conexión que termina antes de cerrar el archivo no envía nada: mándelo otra vez o
        continúelo. El mismo paquete enviado dos veces se archiva una vez y recibe el mismo acuse.

        """
}
