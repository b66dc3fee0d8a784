#include "core/intake/signal/Wanted.h"

#include <algorithm>

#include "core/intake/encoding/Unicode.h"

namespace kamei::intake::signal {
namespace {

/// Characters that end a text or a field are none of a value.
std::string harmless(std::string value, bool cell) {
    for (char& c : value) {
        c = static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
        c = cell && c == ' ' ? '_' : c;
    }
    return cell && value.empty() ? "X" : value;
}

} // namespace

Wanted wantedOf(const std::string& before, const std::vector<const Change*>& changes, bool cell) {
    const std::u32string old = encoding::toUtf32(before);
    Wanted out;
    std::size_t at = 0;
    for (const Change* change : changes) {
        const auto from = std::clamp(static_cast<std::size_t>(change->start), at, old.size());
        const auto to = std::clamp(static_cast<std::size_t>(change->end), from, old.size());
        const std::string kept = encoding::toUtf8(std::u32string_view(old).substr(at, from - at));
        out.text += kept + change->value;
        out.brief += kept + (change->value.empty() ? "" : "X");
        at = to;
    }
    const std::string rest = encoding::toUtf8(std::u32string_view(old).substr(at));
    out.text = harmless(out.text + rest, cell);
    out.brief = harmless(out.brief + rest, cell);
    return out;
}

} // namespace kamei::intake::signal
