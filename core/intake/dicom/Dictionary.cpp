#include "core/intake/dicom/Dictionary.h"

#include <array>
#include <charconv>

#include "core/base/Resources.h"

namespace kamei::intake::dicom {
namespace {

constexpr std::size_t kSlots = 16'384; // three times the number of attributes: short probes
constexpr std::size_t kColumns = 6;

std::size_t slotOf(Tag tag) {
    return (tag * 0x9E3779B1U) >> 18;
}

std::vector<std::string_view> fieldsOf(std::string_view line) {
    std::vector<std::string_view> out;
    for (;;) {
        const std::size_t tab = line.find('\t');
        out.push_back(line.substr(0, tab));
        if (tab == std::string_view::npos) {
            return out;
        }
        line.remove_prefix(tab + 1);
    }
}

/// Largest number of values that a VM ("1", "1-3", "2-2n") admits; 0 for any.
std::uint32_t mostValuesOf(std::string_view vm) {
    const std::string_view last = vm.substr(vm.rfind('-') + 1);
    std::uint32_t out = 0;
    const auto [end, error] = std::from_chars(last.data(), last.data() + last.size(), out);
    return error == std::errc{} && end == last.data() + last.size() ? out : 0;
}

/// "60xx3000" as mask and value; false when it is neither a tag nor a pattern.
bool readPattern(std::string_view text, Tag& mask, Tag& value) {
    mask = value = 0;
    for (const char c : text) {
        mask <<= 4;
        value <<= 4;
        if (c == 'x') {
            continue;
        }
        mask |= 0xF;
        if (c >= '0' && c <= '9') {
            value |= static_cast<Tag>(c - '0');
        } else if (c >= 'A' && c <= 'F') {
            value |= static_cast<Tag>(c - 'A' + 10);
        } else {
            return false;
        }
    }
    return text.size() == 8;
}

} // namespace

Dictionary::Dictionary() : m_slots(kSlots) {
    const auto text = base::readResource("dicom/attributes.tsv");
    if (!text) {
        return;
    }
    std::string_view rest = *text;
    bool header = true;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (line.empty() || line.front() == '#' || std::exchange(header, false)) {
            continue;
        }
        const auto fields = fieldsOf(line);
        Tag mask = 0;
        Tag value = 0;
        if (fields.size() != kColumns || !readPattern(fields[0], mask, value)) {
            continue;
        }
        const Vr found = fields[1].size() >= 2 ? makeVr(fields[1][0], fields[1][1]) : vr::UN;
        const auto index = static_cast<std::uint32_t>(m_entries.size());
        m_entries.push_back({found, std::string(fields[2]), mostValuesOf(fields[2]), std::string(fields[3]),
                             std::string(fields[4]), fields[5] == "retired"});
        if (mask == 0xFFFFFFFF) {
            add(value, index);
        } else {
            m_patterns.push_back({mask, value, index});
        }
    }
}

void Dictionary::add(Tag tag, std::uint32_t entry) {
    std::size_t slot = slotOf(tag);
    while (m_slots[slot].second != 0) {
        slot = (slot + 1) % kSlots;
    }
    m_slots[slot] = {tag, entry + 1};
}

const Dictionary& Dictionary::shared() {
    static const Dictionary dictionary;
    return dictionary;
}

const DictionaryEntry* Dictionary::find(Tag tag) const {
    for (std::size_t slot = slotOf(tag); m_slots[slot].second != 0; slot = (slot + 1) % kSlots) {
        if (m_slots[slot].first == tag) {
            return &m_entries[m_slots[slot].second - 1];
        }
    }
    if (isPrivate(tag)) {
        return nullptr;
    }
    for (const Pattern& pattern : m_patterns) {
        if ((tag & pattern.mask) == pattern.value) {
            return &m_entries[pattern.entry];
        }
    }
    return nullptr;
}

Vr Dictionary::vrOf(Tag tag) const {
    if (const DictionaryEntry* entry = find(tag)) {
        return entry->vr;
    }
    if (elementOf(tag) == 0) {
        return vr::UL;
    }
    return isPrivateCreator(tag) ? vr::LO : vr::UN;
}

} // namespace kamei::intake::dicom
