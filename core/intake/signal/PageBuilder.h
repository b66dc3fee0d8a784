#pragma once

// Private to the room: how a page is put together.

#include <string>
#include <string_view>

#include "core/intake/signal/Page.h"

namespace kamei::intake::signal {

/// Writes a page line by line and keeps the places of its parts.
class PageBuilder {
public:
    void line(std::string_view text = {});
    void write(std::string_view text);
    /// A line "  label   value"; the value is a part when it says anything.
    void field(std::string_view label, std::string_view value, const Slot& slot, std::string_view path,
               std::string_view role);
    /// A value inside a line. Control characters are shown as blanks, so that places stay the same.
    void part(std::string_view value, const Slot& slot, std::string_view path, std::string_view role);
    void pad(std::size_t column); ///< blanks up to a column of the line, at least one
    [[nodiscard]] base::Expected<Page> take(std::string title);

private:
    std::string m_text;
    std::int64_t m_length = 0;
    std::int64_t m_lineStart = 0;
    std::vector<text::Segment> m_segments;
    std::vector<Slot> m_slots;
};

/// Without blanks and zeros at the end (and blanks in front).
[[nodiscard]] std::string_view trimmed(std::string_view text);

} // namespace kamei::intake::signal
