#pragma once
// Private to core/intake/pdf: shows qpdf.

#include <qpdf/QPDFObjectHandle.hh>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/intake/pdf/Statements.h"

namespace kamei::intake::pdf {

/// Statements as they are met, alike ones once, and no more of a kind than a person reads.
class StatementList {
public:
    void add(std::string key, std::string value);
    [[nodiscard]] std::vector<Statement> take();

private:
    std::vector<Statement> m_all;
    std::set<std::pair<std::string, std::string>> m_seen;
    std::size_t m_left = 0;
};

/// Text of a string, a name, a number or a date; of a stream its first part where it is text, else "n bytes".
[[nodiscard]] std::string readableText(QPDFObjectHandle object);

/// What an XMP packet says (ISO 16684-1): a statement for each value, named as it is written ("dc:creator").
void addXmp(std::string_view packet, StatementList& out);

/// What one object of the file says of itself, wherever it hangs.
void addObject(QPDFObjectHandle object, StatementList& out);

} // namespace kamei::intake::pdf
