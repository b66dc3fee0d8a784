#pragma once

#include <string>
#include <vector>

#include "core/intake/text/TextSource.h"
#include "core/model/Subject.h"

namespace kamei::intake::text {

/// Whom a document is about: the key-value lines at the head of plain text (患者ID, 氏名, カナ, 生年月日,
/// 性別 and their English names), or the roles of an XML document. Empty when it does not say.
[[nodiscard]] model::SubjectHint subjectHint(const TextSource& source);

/// The people of a table: one hint for each distinct patient id (or, without ids, each distinct name), in
/// order of appearance.
[[nodiscard]] std::vector<model::SubjectHint> tableHints(const TextSource& source);

/// A title for the window: the title element of CDA, the type of a message or resource, else the first line with words, at most 30 characters;
/// for tables the names of the first columns. Empty when there is none.
[[nodiscard]] std::string titleOf(const TextSource& source);

} // namespace kamei::intake::text
