#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kamei::intake::pdf {

/// Something that a PDF says beside what its pages show.
struct Statement {
    /// "Pdf.Info.Author", "Pdf.Xmp.dc:creator", "Pdf.Attachment", "Pdf.Form", "Pdf.Annotation", "Pdf.Link",
    /// "Pdf.Script", "Pdf.Action", "Pdf.Outline", "Pdf.PageLabel", "Pdf.Destination", "Pdf.Layer",
    /// "Pdf.Thumbnail", "Pdf.PieceInfo", "Pdf.AlternateText", "Pdf.DocumentId", "Pdf.Signature",
    /// "Pdf.Collection", "Pdf.Xfa", "Pdf.EarlierVersion", "Pdf.Unreadable", "Pdf.Image.<key of
    /// image::MetadataEntry>".
    std::string key;
    std::string value; ///< UTF-8; binary content as "n bytes"
};

/// Every statement of a document that PdfDocument::open has accepted, in a stable order; alike ones once.
/// What cannot be read is listed as "Pdf.Unreadable", so that it is seen (ISO 32000-1, 7.11, 8.11, 12, 14).
[[nodiscard]] std::vector<Statement> readStatements(std::string_view bytes);

} // namespace kamei::intake::pdf
