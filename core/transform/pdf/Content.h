#pragma once
// Private to core/transform/pdf: shows qpdf.

#include <optional>
#include <qpdf/QPDF.hh>
#include <string>
#include <string_view>

namespace kamei::transform::pdf {

/// A document opened for writing; the caller has had it checked by intake::pdf. Throws what qpdf throws.
[[nodiscard]] std::shared_ptr<QPDF> openFor(std::string_view bytes);

/// A content stream (or an array of them) written anew from its operators, without marked content (ISO
/// 32000-1, 14.6) and comments. Nothing when it holds pictures of its own (8.9.7), whose bytes are not known.
[[nodiscard]] std::optional<std::string> plainContent(QPDFObjectHandle content);

/// The file as qpdf writes it: one revision, no object streams, the identifier made of the content.
[[nodiscard]] std::string bytesOf(QPDF& file);

} // namespace kamei::transform::pdf
