/// What a partner reads at the root.
package enum DropReadme {
    package static let text = """
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
