#include "core/stage/ResidualSearch.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "core/detect/known/Spellings.h"
#include "core/stage/ByteForms.h"
#include "core/stage/GramFilter.h"
#include "core/stage/Neighbours.h"

namespace kamei::stage {
namespace {

constexpr std::size_t kShortest = 4;     ///< bytes; below that every form occurs by chance
constexpr std::size_t kSure = 6;         ///< bytes from which a form counts in any binary file
constexpr std::size_t kSureInPixels = 8; ///< bytes from which a form counts in native pixels
constexpr std::size_t kSureNumber = 12;  ///< characters from which digits beside a number do not matter
constexpr std::uint32_t kSureWord = 6;   ///< Latin characters from which a word border does not matter
constexpr std::uint32_t kSureKana = 5;   ///< kana from which their borders do not matter
constexpr std::uint32_t kFewestLatin = 4;
constexpr std::uint32_t kFewestOther = 2;
/// Beyond the border of a zone the other filter is applied as well, so that nothing is lost across it.
constexpr std::size_t kOverlap = 96;
/// Matches that are gathered at most, however many are expected: a table of so many records is none to go
/// over.
constexpr std::size_t kMostPlaces = 4'000'000;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool isWide(FormEncoding encoding) {
    return encoding == FormEncoding::Utf16Le || encoding == FormEncoding::Utf16Be;
}

bool equals(std::string_view form, std::span<const std::byte> data, bool anyCase) {
    if (!anyCase) {
        return std::memcmp(form.data(), data.data(), form.size()) == 0;
    }
    const auto* bytes = reinterpret_cast<const char*>(data.data());
    for (std::size_t i = 0; i < form.size(); ++i) {
        if (lower(form[i]) != lower(bytes[i])) {
            return false;
        }
    }
    return true;
}

// The first of a month is what a birth date is generalised to: as a known value it would hit the processed
// one.
bool equalsItsGeneralisation(const model::KnownIdentifier& known) {
    std::string digits;
    std::ranges::copy_if(known.value, std::back_inserter(digits),
                         [](char c) { return c >= '0' && c <= '9'; });
    return known.kind == "birth-date" && digits.size() == 8 && digits.ends_with("01");
}

} // namespace

struct ResidualSearch::State {
    struct Form {
        std::string bytes;
        Shape shape;
        FormEncoding encoding = FormEncoding::Utf8;
        bool anyCase = false;
        std::uint32_t identifier = 0; ///< in `kindOf`
    };
    std::vector<Form> forms;
    std::vector<std::string> kinds;
    std::vector<std::uint16_t> kindOf;   ///< of each known identifier, in `kinds`
    std::vector<std::uint64_t> expected; ///< places at which each may stand in one file; empty: nowhere
    std::size_t most = kMost;            ///< matches that are gathered
    std::vector<ByteForm> allowed;
    FineFilter fine;
    CoarseFilter coarse;

    std::uint16_t numberOf(const std::string& word) {
        const auto it = std::ranges::find(kinds, word);
        if (it == kinds.end()) {
            kinds.push_back(word);
            return static_cast<std::uint16_t>(kinds.size() - 1);
        }
        return static_cast<std::uint16_t>(it - kinds.begin());
    }

    const std::string& kindOfForm(std::size_t form) const { return kinds[kindOf[forms[form].identifier]]; }

    bool insideAllowed(std::span<const std::byte> data, std::size_t start, std::size_t end) const {
        return std::ranges::any_of(allowed, [&](const ByteForm& value) {
            const std::size_t size = value.bytes.size();
            const std::size_t first = end > size ? end - size : 0;
            for (std::size_t at = first; at <= start && at + size <= data.size(); ++at) {
                if (equals(value.bytes, data.subspan(at, size), false)) {
                    return true;
                }
            }
            return false;
        });
    }
};

Content contentOf(std::string_view extension) {
    // What transform::Transform::extension gives for bytes that are no text as a whole.
    constexpr std::array<std::string_view, 24> kBinary{
        "dcm", "jpg", "png", "tif",  "bmp",  "svs", "ndpi", "mp4", "mov", "avi", "mkv", "mpg",
        "ts",  "m4v", "m2v", "h264", "h265", "pdf", "nii",  "edf", "bdf", "scp", "mwf", "bcf"};
    return std::ranges::find(kBinary, extension) != kBinary.end() ? Content::Binary : Content::Text;
}

ResidualSearch::ResidualSearch() : m_state(std::make_unique<State>()) {}
ResidualSearch::~ResidualSearch() = default;
ResidualSearch::ResidualSearch(ResidualSearch&&) noexcept = default;
ResidualSearch& ResidualSearch::operator=(ResidualSearch&&) noexcept = default;

base::Expected<ResidualSearch> ResidualSearch::build(std::span<const model::KnownIdentifier> known,
                                                     std::span<const std::string> allowed,
                                                     std::span<const Kept> kept) {
    const auto maker = ByteFormMaker::create();
    if (!maker) {
        return tl::unexpected(maker.error());
    }
    auto state = std::make_unique<State>();
    std::unordered_set<std::string> spellings;
    std::unordered_set<std::string> bytes;
    for (const model::KnownIdentifier& identifier : known) {
        if (equalsItsGeneralisation(identifier)) {
            continue;
        }
        const auto number = static_cast<std::uint32_t>(state->kindOf.size());
        state->kindOf.push_back(state->numberOf(identifier.kind));
        for (std::string& spelling : detect::known::spellings(identifier)) {
            const Shape shape = shapeOf(spelling);
            const bool tooShort = shape.characters < (shape.latin ? kFewestLatin : kFewestOther);
            if (tooShort || !spellings.insert(spelling).second) {
                continue;
            }
            for (ByteForm& form : maker->forms(spelling)) {
                // Spellings that differ in case only are one form where case does not matter.
                std::string same = form.bytes;
                if (form.anyCase) {
                    std::ranges::transform(same, same.begin(), lower);
                }
                if (form.bytes.size() >= kShortest && bytes.insert(std::move(same)).second) {
                    state->forms.push_back(
                        {std::move(form.bytes), shape, form.encoding, form.anyCase, number});
                }
            }
        }
    }
    for (const std::string& value : allowed) {
        std::ranges::move(maker->forms(value), std::back_inserter(state->allowed));
    }
    std::vector<const std::string*> strings;
    strings.reserve(state->forms.size());
    for (const State::Form& form : state->forms) {
        strings.push_back(&form.bytes);
    }
    state->fine.build(strings);
    for (std::size_t i = 0; i < strings.size(); ++i) {
        strings[i] = isWide(state->forms[i].encoding) ? nullptr : strings[i];
    }
    state->coarse.build(strings);
    ResidualSearch out;
    out.m_state = std::move(state);
    out.expect(kept);
    return out;
}

void ResidualSearch::expect(std::span<const Kept> kept) {
    std::vector<std::uint64_t> expected(m_state->kindOf.size());
    std::size_t most = kMost;
    for (const Kept& one : kept) {
        const auto places = static_cast<std::size_t>(std::min<std::uint64_t>(one.places, kMostPlaces));
        Scan scan(*this, std::as_bytes(std::span(one.text)), Content::Text, {});
        scan.advanceTo(one.text.size());
        // Counted before those inside another are left out: so many are gathered at each of the places.
        most = std::min(most + scan.m_hits.size() * places, kMostPlaces);
        scan.searchRest();
        for (const Scan::Hit& hit : scan.m_hits) {
            expected[m_state->forms[hit.form].identifier] += places;
        }
    }
    m_state->expected = most > kMost ? std::move(expected) : std::vector<std::uint64_t>();
    m_state->most = most;
}

std::size_t ResidualSearch::forms() const {
    return m_state->forms.size();
}

std::size_t ResidualSearch::memory() const {
    std::size_t out = m_state->fine.memory() + m_state->coarse.memory();
    for (const State::Form& form : m_state->forms) {
        out += sizeof form + (form.bytes.capacity() > 15 ? form.bytes.capacity() + 1 : 0);
    }
    return out;
}

ResidualSearch::Scan::Scan(const ResidualSearch& search, std::span<const std::byte> data, Content content,
                           std::span<const transform::Result::Range> native)
    : m_state(*search.m_state), m_data(data), m_content(content) {
    std::vector<transform::Result::Range> ranges(native.begin(), native.end());
    std::ranges::sort(ranges, {}, &transform::Result::Range::offset);
    std::size_t at = 0;
    const auto zoneTo = [&](std::uint64_t end, bool isNative) {
        const auto limit = static_cast<std::size_t>(std::min<std::uint64_t>(end, data.size()));
        if (limit > at) {
            m_zones.push_back({at, limit, isNative});
            at = limit;
        }
    };
    for (const transform::Result::Range& range : ranges) {
        const std::uint64_t length =
            std::min(range.length, std::numeric_limits<std::uint64_t>::max() - range.offset);
        zoneTo(range.offset, false);
        zoneTo(range.offset + length, true);
    }
    zoneTo(data.size(), false);
}

bool ResidualSearch::Scan::inPixels(std::size_t start, std::size_t end) const {
    return std::ranges::any_of(
        m_zones, [&](const Zone& zone) { return zone.native && zone.begin <= start && end <= zone.end; });
}

bool ResidualSearch::Scan::counts(std::size_t index, std::size_t start) {
    const State::Form& form = m_state.forms[index];
    const Shape& shape = form.shape;
    const Place place{m_data, start, start + form.bytes.size(), form.encoding};
    if ((form.bytes.size() < kSureInPixels || isWide(form.encoding)) && inPixels(place.start, place.end)) {
        return false;
    }
    if (shape.characters < kSureNumber && !(shape.digits ? standsAsNumber(place) : digitsEnd(place, shape))) {
        return false;
    }
    if (shape.latin && shape.characters < kSureWord && !standsAsWord(place)) {
        return false;
    }
    if (shape.characters < kSureKana && !kanaEnds(place, shape)) {
        return false;
    }
    if (form.bytes.size() >= kSure) {
        return true;
    }
    if (form.encoding == FormEncoding::Iso2022Jp) {
        return amidText(place) && inKanjiState(place);
    }
    if (m_content == Content::Binary) {
        return form.encoding == FormEncoding::Utf8 && amidText(place);
    }
    if (form.encoding == FormEncoding::Utf8) {
        return true;
    }
    if (m_utf8 < 0) {
        m_utf8 = isUtf8(m_data) ? 1 : 0;
    }
    return m_utf8 == 0 && atCharacter(place);
}

void ResidualSearch::Scan::look(std::size_t index, std::size_t start) {
    const State::Form& form = m_state.forms[index];
    if (m_hits.size() >= m_state.most || start + form.bytes.size() > m_data.size() ||
        !equals(form.bytes, m_data.subspan(start, form.bytes.size()), form.anyCase)) {
        return;
    }
    if (counts(index, start) && !m_state.insideAllowed(m_data, start, start + form.bytes.size())) {
        m_hits.push_back({index, start, form.bytes.size()});
    }
}

void ResidualSearch::Scan::advanceTo(std::size_t end) {
    if (m_state.forms.empty()) {
        return;
    }
    const auto found = [this](std::uint32_t index, std::size_t start) { look(index, start); };
    for (; m_zone < m_zones.size(); ++m_zone) {
        const Zone& zone = m_zones[m_zone];
        if (!zone.native) {
            // The fine filter reaches into the pixels on both sides, for what stands across the border.
            const std::size_t first = zone.begin > kOverlap ? zone.begin - kOverlap : 0;
            const std::size_t last = std::min(zone.end + kOverlap, m_data.size());
            m_next = m_state.fine.probe(m_data, std::max(m_next, first), std::min(last, end), found);
            if (m_next < last) {
                return;
            }
        } else {
            m_next =
                m_state.coarse.probe(m_data, std::max(m_next, zone.begin), std::min(zone.end, end), found);
            if (m_next < zone.end) {
                return;
            }
        }
        m_next = 0; // the next zone begins at its own border
    }
}

void ResidualSearch::Scan::searchRest() {
    advanceTo(m_data.size());
    // Longest first at each place.
    std::ranges::sort(m_hits, [](const Hit& a, const Hit& b) {
        return a.start != b.start ? a.start < b.start : a.length > b.length;
    });
    std::size_t covered = 0;
    std::erase_if(m_hits, [&covered](const Hit& hit) {
        const std::size_t end = hit.start + hit.length;
        return end <= std::exchange(covered, std::max(covered, end));
    });
}

std::vector<model::Residual> ResidualSearch::Scan::finish() {
    advanceTo(m_data.size());
    // Where not all were gathered nobody can count them: then nothing is as expected.
    const bool all = m_hits.size() < m_state.most;
    searchRest();
    if (all && !m_state.expected.empty()) {
        std::vector<std::uint64_t> found(m_state.expected.size());
        for (const Hit& hit : m_hits) {
            ++found[m_state.forms[hit.form].identifier];
        }
        std::erase_if(m_hits, [&](const Hit& hit) {
            const std::uint32_t identifier = m_state.forms[hit.form].identifier;
            return found[identifier] <= m_state.expected[identifier];
        });
    }
    std::vector<model::Residual> out;
    for (const Hit& hit : std::span(m_hits).first(std::min(m_hits.size(), kMost))) {
        const State::Form& form = m_state.forms[hit.form];
        out.push_back(
            {m_state.kindOfForm(hit.form), std::string(word(form.encoding)), hit.start, {}, hit.length});
    }
    return out;
}

std::vector<model::Residual> ResidualSearch::search(std::span<const std::byte> data, Content content,
                                                    std::span<const transform::Result::Range> native) const {
    return Scan(*this, data, content, native).finish();
}

} // namespace kamei::stage
