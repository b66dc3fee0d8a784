#include "core/intake/signal/PageBuilder.h"

#include <algorithm>

#include "core/intake/encoding/Unicode.h"

namespace kamei::intake::signal {
namespace {

constexpr std::size_t kValueColumn = 22;

} // namespace

void PageBuilder::write(std::string_view text) {
    m_text += text;
    m_length += encoding::countCodePoints(text);
}

void PageBuilder::line(std::string_view text) {
    write(text);
    write("\n");
    m_lineStart = m_length;
}

void PageBuilder::pad(std::size_t column) {
    const auto width = static_cast<std::size_t>(m_length - m_lineStart);
    write(std::string(width + 1 < column ? column - width : 1, ' '));
}

void PageBuilder::part(std::string_view value, const Slot& slot, std::string_view path,
                       std::string_view role) {
    std::string shown(value);
    std::ranges::replace_if(
        shown, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    text::Segment segment;
    segment.start = m_length;
    write(shown);
    segment.end = m_length;
    segment.path = path;
    segment.role = role;
    if (segment.end > segment.start) {
        m_segments.push_back(std::move(segment));
        m_slots.push_back(slot);
    }
}

void PageBuilder::field(std::string_view label, std::string_view value, const Slot& slot,
                        std::string_view path, std::string_view role) {
    write("  ");
    write(label);
    pad(kValueColumn);
    if (value.empty() || value == "X") {
        write(value.empty() ? "–" : value);
    } else {
        part(value, slot, path, role);
    }
    line();
}

base::Expected<Page> PageBuilder::take(std::string title) {
    Page out;
    out.title = std::move(title);
    out.places = std::move(m_slots);
    auto text = text::TextSource::ofUtf8(std::move(m_text), std::move(m_segments));
    if (!text) {
        return tl::unexpected(text.error());
    }
    out.text = std::move(*text);
    return out;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == '\0')) {
        text.remove_suffix(1);
    }
    while (!text.empty() && text.front() == ' ') {
        text.remove_prefix(1);
    }
    return text;
}

} // namespace kamei::intake::signal
