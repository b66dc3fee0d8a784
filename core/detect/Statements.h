#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/detect/Detector.h"

namespace kamei::detect {

/// What statements under a key tell of: rows of the tables of pictures, videos and slides.
struct KeyRow {
    std::string_view part;  ///< of the key
    std::string_view label; ///< empty: tells of the exposure or the layout only, no finding
    std::string_view rule;
};

/// The first row whose part stands in the key; null without one.
[[nodiscard]] const KeyRow* rowFor(std::span<const KeyRow> rows, std::string_view key);

/// Gathers the findings of what a file says beside its pictures (EXIF, container tags, slide descriptions).
/// Staging writes none of it, whatever a policy says: the suggestion is to delete (Guideline 5.4.2, 5.4.3).
class Statements {
public:
    explicit Statements(const Context& context) : m_context(context) {}
    /// One finding a key; a key that comes again is counted on it.
    void add(std::string_view key, std::string_view value, const KeyRow& row,
             std::vector<model::Finding>& out);

private:
    const Context& m_context;
    std::map<std::string, std::size_t, std::less<>> m_places; ///< key -> index in `out`
};

} // namespace kamei::detect
