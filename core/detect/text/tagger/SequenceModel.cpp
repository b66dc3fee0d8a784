#include "core/detect/text/tagger/SequenceModel.h"

#include <algorithm>
#include <atomic>
#include <cstring>

namespace kamei::detect::text::tagger {
namespace {

constexpr std::string_view kMagic = "kamei text tagger 1\n";
constexpr std::size_t kMostWeights = 4'000'000;

void put(std::string& out, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) {
        out += static_cast<char>(value >> (8 * i) & 0xFFU);
    }
}

// Reads little-endian numbers; what lies beyond the end is noted, not read.
struct Reader {
    std::string_view rest;
    bool whole = true;

    std::uint64_t take(std::size_t bytes) {
        if (rest.size() < bytes) {
            whole = false;
            return 0;
        }
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < bytes; ++i) {
            value |= static_cast<std::uint64_t>(static_cast<unsigned char>(rest[i])) << (8 * i);
        }
        rest.remove_prefix(bytes);
        return value;
    }
};

// The label set by name: a model of another set must not be read with this one's numbers.
std::string labelLine() {
    std::string out;
    for (const Label label : kModelLabels) {
        out += labelWord(label);
        out += ' ';
    }
    out.back() = '\n';
    return out;
}

constexpr std::uint32_t kPresentBits = 22;

std::size_t presentBit(std::uint32_t feature) {
    return feature * 0x85EBCA6BU >> (32U - kPresentBits);
}

// Features are hashes, so that their upper bits spread them evenly: with more buckets than features a look-up
// ends with the first entry nearly always, for 4 MB.
constexpr std::uint32_t kBucketBits = 20;
constexpr std::uint32_t kRestBits = 32 - kBucketBits;

std::size_t bucketOf(std::uint32_t feature) {
    return feature >> kRestBits;
}
std::uint32_t restOf(std::uint32_t feature) {
    return feature & ((1U << kRestBits) - 1);
}

// What stands of a feature with many weights: one for each lane, which are added at once. Those with fewer
// take less memory one by one, and most features have few.
using Row = std::array<std::int16_t, kLanes>;
constexpr std::size_t kFewest = 10; // weights of a row
constexpr std::uint32_t kWhole = 0xFF;
constexpr std::size_t kRowEntries = sizeof(Row) / sizeof(std::uint32_t);
static_assert(kFewest <= kRowEntries); // so that no other feature takes as many entries

// How many entries a feature takes that begins with this one.
std::size_t entriesOf(std::uint32_t head) {
    const std::uint32_t count = head & 0xFFU;
    return 1 + (count == kWhole ? kRowEntries : count);
}

Row rowAt(const std::uint32_t* entries) {
    Row row; // NOLINT: filled at once
    std::memcpy(row.data(), entries, sizeof row);
    return row;
}

void addEntry(Scores& scores, const std::uint32_t* entry) {
    const std::size_t size = entriesOf(*entry);
    if (size == 1 + kRowEntries) {
        // Eight at once, each part read as a whole into what adds it.
        constexpr std::size_t kAtOnce = 8;
        for (std::size_t lane = 0; lane < kLanes; lane += kAtOnce) {
            std::array<std::int16_t, kAtOnce> part; // NOLINT: filled at once
            std::memcpy(part.data(), entry + 1 + lane / 2, sizeof part);
            for (std::size_t k = 0; k < kAtOnce; ++k) {
                scores[lane + k] += part[k];
            }
        }
        return;
    }
    for (std::size_t k = 1; k < size; ++k) {
        scores[entry[k] & 0xFFU] += static_cast<std::int16_t>(entry[k] >> 16U);
    }
}

} // namespace

SequenceModel::SequenceModel(const std::vector<Weight>& weights, const Transitions& transitions,
                             std::vector<Grade> grades)
    : m_transitions(transitions), m_steps(transitions), m_grades(std::move(grades)) {
    static std::atomic<std::uint64_t> made{0};
    m_number = ++made;
    m_present.resize((std::size_t{1} << kPresentBits) / 64);
    m_places.reserve((std::size_t{1} << kBucketBits) + 1);
    for (std::size_t i = 0; i < weights.size();) {
        const std::uint32_t feature = weights[i].feature;
        m_places.resize(std::max(m_places.size(), bucketOf(feature) + 1),
                        static_cast<std::uint32_t>(m_entries.size()));
        std::size_t end = i;
        while (end < weights.size() && weights[end].feature == feature) {
            ++end;
        }
        if (end - i < kFewest) {
            m_entries.push_back(restOf(feature) << 8U | static_cast<std::uint32_t>(end - i));
            for (; i < end; ++i) {
                m_entries.push_back(static_cast<std::uint32_t>(static_cast<std::uint16_t>(weights[i].value))
                                        << 16U |
                                    weights[i].state);
            }
        } else {
            m_entries.push_back(restOf(feature) << 8U | kWhole);
            Row row{};
            for (; i < end; ++i) {
                row[weights[i].state] = weights[i].value;
            }
            m_entries.resize(m_entries.size() + kRowEntries);
            std::memcpy(m_entries.data() + m_entries.size() - kRowEntries, row.data(), sizeof row);
        }
        const std::size_t bit = presentBit(feature);
        m_present[bit / 64] |= std::uint64_t{1} << (bit % 64);
        ++m_used;
    }
    m_places.resize((std::size_t{1} << kBucketBits) + 1, static_cast<std::uint32_t>(m_entries.size()));
}

void SequenceModel::addTo(Scores& scores, std::span<const std::uint32_t> features) const {
    Adding adding(*this);
    adding.add(scores, features);
    adding.finish();
}

void SequenceModel::Adding::add(Scores& to, std::span<const std::uint32_t> features) {
    while (!features.empty() && !m_model.m_entries.empty()) {
        Asked& fresh = m_asked[m_next % m_asked.size()];
        fresh.to = &to;
        fresh.count = std::min(features.size(), fresh.features.size());
        std::copy_n(features.begin(), fresh.count, fresh.features.begin());
        for (const std::uint32_t feature : features.first(fresh.count)) {
            __builtin_prefetch(&m_model.m_present[presentBit(feature) / 64]);
        }
        features = features.subspan(fresh.count);
        goOn();
    }
}

void SequenceModel::Adding::finish() {
    for (std::size_t k = 1; k < m_asked.size(); ++k) {
        m_asked[m_next % m_asked.size()].count = 0;
        goOn();
    }
}

// One step further with those asked for before; the oldest is added.
void SequenceModel::Adding::goOn() {
    const std::vector<std::uint64_t>& present = m_model.m_present;
    const std::vector<std::uint32_t>& places = m_model.m_places;
    const std::uint32_t* const entries = m_model.m_entries.data();
    const auto before = [this](std::size_t steps) -> Asked& {
        return m_asked[(m_next + m_asked.size() - steps) % m_asked.size()];
    };
    Asked& second = before(1);
    std::size_t kept = 0;
    for (std::size_t k = 0; k < second.count; ++k) {
        const std::uint32_t feature = second.features[k];
        const std::size_t bit = presentBit(feature);
        second.features[kept] = feature;
        kept += present[bit / 64] >> (bit % 64) & 1U;
    }
    second.count = kept;
    for (std::size_t k = 0; k < second.count; ++k) {
        __builtin_prefetch(&places[bucketOf(second.features[k])]);
    }
    const Asked& third = before(2);
    for (std::size_t k = 0; k < third.count; ++k) {
        __builtin_prefetch(entries + places[bucketOf(third.features[k])]);
    }
    Asked& last = before(3);
    for (std::size_t k = 0; k < last.count; ++k) {
        const std::size_t bucket = bucketOf(last.features[k]);
        const std::uint32_t rest = restOf(last.features[k]);
        const std::uint32_t* at = entries + places[bucket];
        const std::uint32_t* const end = entries + places[bucket + 1];
        while (at != end && *at >> 8U != rest) {
            at += entriesOf(*at);
        }
        if (at != end) {
            addEntry(*last.to, at);
        }
    }
    last.count = 0;
    ++m_next;
}

double SequenceModel::confidence(std::int32_t margin) const {
    double out = 0.3;
    for (const Grade& grade : m_grades) {
        if (margin >= grade.margin) {
            out = grade.perMille / 1000.0;
        }
    }
    return out;
}

std::string SequenceModel::save() const {
    std::string out(kMagic);
    out += labelLine();
    for (const auto& row : m_transitions) {
        for (const std::int32_t value : row) {
            put(out, static_cast<std::uint32_t>(value), 4);
        }
    }
    put(out, m_grades.size(), 4);
    for (const Grade& grade : m_grades) {
        put(out, static_cast<std::uint32_t>(grade.margin), 4);
        put(out, grade.perMille, 2);
    }
    put(out, m_used, 4);
    for (std::size_t bucket = 0; bucket + 1 < m_places.size(); ++bucket) {
        for (std::size_t at = m_places[bucket]; at < m_places[bucket + 1];) {
            const std::uint32_t head = m_entries[at];
            Row row{};
            if ((head & 0xFFU) == kWhole) {
                row = rowAt(&m_entries[at + 1]);
            } else {
                for (std::size_t k = 1; k < entriesOf(head); ++k) {
                    row[m_entries[at + k] & 0xFFU] = static_cast<std::int16_t>(m_entries[at + k] >> 16U);
                }
            }
            at += entriesOf(head);
            put(out, bucket << kRestBits | head >> 8U, 4);
            put(out,
                static_cast<std::uint64_t>(kLanes -
                                           static_cast<std::size_t>(std::count(row.begin(), row.end(), 0))),
                1);
            for (std::size_t state = 0; state < kStates; ++state) {
                if (row[state] != 0) {
                    put(out, state, 1);
                    put(out, static_cast<std::uint16_t>(row[state]), 2);
                }
            }
        }
    }
    return out;
}

base::Expected<SequenceModel> SequenceModel::read(std::string_view bytes) {
    const auto malformed = [] { return base::fail(base::ErrorCode::Malformed, "detect.text.model"); };
    const std::string head = std::string(kMagic) + labelLine();
    if (!bytes.starts_with(head)) {
        return malformed();
    }
    Reader in{bytes.substr(head.size())};
    Transitions transitions{};
    for (auto& row : transitions) {
        for (std::int32_t& value : row) {
            value = static_cast<std::int32_t>(in.take(4));
        }
    }
    std::vector<Grade> grades;
    for (std::uint64_t left = in.take(4); in.whole && left > 0; --left) {
        const auto margin = static_cast<std::int32_t>(in.take(4));
        grades.push_back({margin, static_cast<std::uint16_t>(in.take(2))});
    }
    std::vector<Weight> weights;
    std::uint64_t last = 0;
    for (std::uint64_t left = in.take(4); in.whole && left > 0; --left) {
        const std::uint64_t feature = in.take(4);
        const std::uint64_t count = in.take(1);
        if ((!weights.empty() && feature <= last) || count == 0 || count > kStates ||
            weights.size() > kMostWeights) {
            return malformed();
        }
        last = feature;
        for (std::uint64_t k = 0; k < count && in.whole; ++k) {
            const auto state = static_cast<std::uint8_t>(in.take(1));
            if (state >= kStates) {
                return malformed();
            }
            weights.push_back({static_cast<std::uint32_t>(feature), state,
                               static_cast<std::int16_t>(static_cast<std::uint16_t>(in.take(2)))});
        }
    }
    if (!in.whole || !in.rest.empty()) {
        return malformed();
    }
    return SequenceModel(weights, transitions, std::move(grades));
}

} // namespace kamei::detect::text::tagger
