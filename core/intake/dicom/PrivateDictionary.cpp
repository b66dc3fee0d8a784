#include "core/intake/dicom/PrivateDictionary.h"

#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "core/base/Resources.h"

namespace kamei::intake::dicom {
namespace {

constexpr std::size_t kColumns = 7;
/// Text of a VR with a short length field could not be written back (PS3.5 7.1.2).
constexpr std::uint64_t kLongest = 0xFFFE;

std::optional<std::uint32_t> hex(std::string_view text) {
    std::uint32_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out, 16);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(out) : std::nullopt;
}

std::uint32_t placeOf(Tag tag) {
    return static_cast<std::uint32_t>(groupOf(tag)) << 8 | (tag & 0xFF);
}

} // namespace

PrivateDictionary::PrivateDictionary() {
    const auto text = base::readResource("dicom/private.tsv");
    if (!text) {
        return;
    }
    std::string_view rest = *text;
    bool header = true;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (line.empty() || line.front() == '#' || std::exchange(header, false)) {
            continue;
        }
        std::array<std::string_view, kColumns> fields;
        for (std::string_view& field : fields) {
            const std::size_t tab = line.find('\t');
            field = line.substr(0, tab);
            line = tab == std::string_view::npos ? std::string_view{} : line.substr(tab + 1);
        }
        const auto group = hex(fields[1]);
        const auto element = hex(fields[2]);
        if (!group || !element) {
            continue;
        }
        PrivateEntry entry;
        entry.vr = fields[3].size() == 2 ? makeVr(fields[3][0], fields[3][1]) : vr::UN;
        entry.name = fields[5];
        entry.advice = fields[6] == "keep"     ? PrivateEntry::Advice::Keep
                       : fields[6] == "remove" ? PrivateEntry::Advice::Remove
                                               : PrivateEntry::Advice::None;
        m_creators[std::string(fields[0])].emplace(*group << 8 | *element, std::move(entry));
        ++m_size;
    }
}

const PrivateDictionary& PrivateDictionary::shared() {
    static const PrivateDictionary dictionary;
    return dictionary;
}

const PrivateEntry* PrivateDictionary::find(std::string_view creator, Tag tag) const {
    const auto owner = m_creators.find(creator);
    if (owner == m_creators.end()) {
        return nullptr;
    }
    const auto found = owner->second.find(placeOf(tag));
    return found == owner->second.end() ? nullptr : &found->second;
}

Vr privateVr(std::string_view creator, Tag tag, Vr read, std::uint64_t length) {
    if (read != vr::UN) {
        return read;
    }
    const PrivateEntry* entry = PrivateDictionary::shared().find(creator, tag);
    if (entry == nullptr || length > kLongest || length % numberSize(entry->vr) != 0) {
        return vr::UN;
    }
    return entry->vr;
}

} // namespace kamei::intake::dicom
