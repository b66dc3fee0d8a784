#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "core/intake/signal/Edf.h"
#include "core/intake/signal/PageBuilder.h"

namespace kamei::intake::signal {
namespace {

using base::ErrorCode;
using encoding::Encoding;

constexpr std::string_view kPlace = "intake.signal.edf";
constexpr std::size_t kHeaderSizeAt = 184;
constexpr std::size_t kRecordsAt = 236;
constexpr std::size_t kDurationAt = 244;
constexpr std::size_t kSignalsAt = 252;
constexpr char kTextEnd = '\x14';
constexpr char kDurationBegins = '\x15';

tl::unexpected<base::Error> malformed() {
    return base::fail(ErrorCode::Malformed, kPlace);
}

/// A whole number in a field of the header; -1 is the only negative one that EDF knows.
bool readNumber(std::string_view field, std::int64_t& out) {
    const std::string_view text = trimmed(field);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && end == text.data() + text.size() && out >= -1;
}

/// Fields that hold numbers only, so that no text hides in them.
bool isNumeric(std::string_view field) {
    return trimmed(field).find_first_not_of("0123456789+-.,eE") == std::string_view::npos;
}
bool isMoment(std::string_view field) {
    return trimmed(field).find_first_not_of("0123456789.:-/ ") == std::string_view::npos;
}

bool isOnset(std::string_view text) {
    return text.size() >= 2 && (text[0] == '+' || text[0] == '-') &&
           text.find_first_not_of("0123456789.", 1) == std::string_view::npos;
}

std::optional<Encoding> encodingOf(const std::vector<std::string_view>& texts) {
    // ASCII by the standard; devices in Japan write Shift_JIS, others UTF-8.
    for (const Encoding encoding : {Encoding::Utf8, Encoding::Cp932}) {
        if (std::ranges::all_of(
                texts, [&](std::string_view text) { return encoding::decode(text, encoding).has_value(); })) {
            return encoding;
        }
    }
    return std::nullopt;
}

class Reader {
public:
    explicit Reader(std::string_view bytes) : m_bytes(bytes) {}

    base::Expected<EdfLayout> read() {
        if (auto done = header(); !done) {
            return tl::unexpected(done.error());
        }
        if (auto done = signals(); !done) {
            return tl::unexpected(done.error());
        }
        if (auto done = size(); !done) {
            return tl::unexpected(done.error());
        }
        if (!m_annotationSignals.empty()) {
            for (std::uint64_t record = 0; record < m_out.records; ++record) {
                const std::size_t at = m_out.headerSize + static_cast<std::size_t>(record) * m_out.recordSize;
                for (const auto& [offset, length] : m_annotationSignals) {
                    if (auto done = area(at + offset, length); !done) {
                        return tl::unexpected(done.error());
                    }
                }
            }
        }
        return encodings();
    }

private:
    using Done = base::Expected<void>;

    [[nodiscard]] std::string_view field(std::size_t at, std::size_t size) const {
        return m_bytes.substr(at, size);
    }

    Done header() {
        if (m_bytes.size() < kFixedHeader) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
        m_out.bdf = m_bytes[0] == '\xFF';
        const std::string_view reserved = field(kReservedAt, kReserved);
        m_out.plus = reserved.starts_with(m_out.bdf ? "BDF+" : "EDF+");
        std::int64_t headerSize = 0;
        std::int64_t count = 0;
        if (!readNumber(field(kHeaderSizeAt, 8), headerSize) ||
            !readNumber(field(kRecordsAt, 8), m_records) || !readNumber(field(kSignalsAt, 4), count) ||
            count < 1 || headerSize != static_cast<std::int64_t>(kFixedHeader) * (count + 1) ||
            !isNumeric(field(kDurationAt, 8)) || !isMoment(field(kStartDateAt, 8)) ||
            !isMoment(field(kStartTimeAt, 8))) {
            return malformed();
        }
        m_out.signals = static_cast<std::size_t>(count);
        m_out.headerSize = static_cast<std::size_t>(headerSize);
        return m_bytes.size() < m_out.headerSize ? Done(base::fail(ErrorCode::Truncated, kPlace)) : Done();
    }

    Done signals() {
        std::uint64_t recordSize = 0;
        for (std::size_t i = 0; i < m_out.signals; ++i) {
            std::int64_t samples = 0;
            for (std::size_t before = 104; before <= 128; before += 8) {
                if (!isNumeric(field(m_out.signalField(before, 8, i), 8))) {
                    return malformed();
                }
            }
            if (!readNumber(field(m_out.signalField(216, 8, i), 8), samples) || samples < 0) {
                return malformed();
            }
            const std::uint64_t bytes = static_cast<std::uint64_t>(samples) * (m_out.bdf ? 3 : 2);
            const std::string_view label = trimmed(field(m_out.signalField(0, 16, i), 16));
            // Also where the header forgets to say EDF+: nobody would look at words among the samples.
            if (label == "BDF Annotations" || label == "EDF Annotations") {
                m_annotationSignals.emplace_back(static_cast<std::size_t>(recordSize),
                                                 static_cast<std::size_t>(bytes));
            }
            recordSize += bytes;
        }
        if (recordSize > std::numeric_limits<std::uint32_t>::max() || recordSize == 0) {
            return malformed();
        }
        m_out.recordSize = static_cast<std::size_t>(recordSize);
        return {};
    }

    /// The data records must fill the file: what stands behind them nobody would look at.
    Done size() {
        const std::uint64_t data = m_bytes.size() - m_out.headerSize;
        const std::uint64_t present = data / m_out.recordSize;
        const std::uint64_t stated = m_records < 0 ? present : static_cast<std::uint64_t>(m_records);
        if (stated > present || (stated == present && m_records < 0 && data % m_out.recordSize != 0)) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
        if (stated * m_out.recordSize != data) {
            return malformed();
        }
        m_out.records = stated;
        return {};
    }

    Done area(std::size_t at, std::size_t length) {
        const std::string_view all = field(at, length);
        Area out{at, length, 0, m_out.annotations.size(), 0};
        std::size_t i = 0;
        while (i < all.size() && all[i] != '\0') {
            const std::size_t end = all.find('\0', i);
            if (end == std::string_view::npos || all[end - 1] != kTextEnd) {
                return malformed();
            }
            if (auto done = list(all.substr(i, end - i), at + i); !done) {
                return done;
            }
            i = end + 1;
        }
        out.used = i;
        if (all.find_first_not_of('\0', i) != std::string_view::npos) {
            return malformed();
        }
        out.count = m_out.annotations.size() - out.first;
        if (out.count > 0) {
            m_out.areas.push_back(out);
        }
        return {};
    }

    /// Onset, duration and texts that share them; closed by 0x14.
    Done list(std::string_view tal, std::size_t at) {
        const std::size_t head = tal.find(kTextEnd);
        std::string_view onset = tal.substr(0, head);
        std::string_view duration;
        if (const std::size_t cut = onset.find(kDurationBegins); cut != std::string_view::npos) {
            duration = onset.substr(cut + 1);
            onset = onset.substr(0, cut);
        }
        if (!isOnset(onset) || duration.find_first_not_of("0123456789.") != std::string_view::npos) {
            return malformed();
        }
        for (std::size_t i = head + 1; i < tal.size();) {
            const std::size_t end = tal.find(kTextEnd, i);
            if (end > i) {
                m_out.annotations.push_back({onset, duration, at + i, end - i});
            }
            i = end + 1;
        }
        return {};
    }

    base::Expected<EdfLayout> encodings() {
        std::vector<std::string_view> texts{field(kPatientAt, kIdentification),
                                            field(kRecordingAt, kIdentification),
                                            field(kReservedAt, kReserved)};
        for (std::size_t i = 0; i < m_out.signals; ++i) {
            for (const auto& [before, width] :
                 {std::pair<std::size_t, std::size_t>{0, 16}, {16, 80}, {96, 8}, {136, 80}, {224, 32}}) {
                texts.push_back(field(m_out.signalField(before, width, i), width));
            }
        }
        const auto ofHeader = encodingOf(texts);
        texts.clear();
        for (const Annotation& one : m_out.annotations) {
            texts.push_back(field(one.at, one.size));
        }
        const auto ofAnnotations = encodingOf(texts);
        if (!ofHeader || !ofAnnotations) {
            return base::fail(ErrorCode::UnsupportedEncoding, kPlace);
        }
        m_out.headerEncoding = *ofHeader;
        m_out.annotationEncoding = *ofAnnotations;
        return std::move(m_out);
    }

    std::string_view m_bytes;
    EdfLayout m_out;
    std::int64_t m_records = 0;
    std::vector<std::pair<std::size_t, std::size_t>>
        m_annotationSignals; ///< place and bytes in a data record
};

} // namespace

std::size_t EdfLayout::signalField(std::size_t before, std::size_t width, std::size_t signal) const {
    return kFixedHeader + before * signals + width * signal;
}

base::Expected<EdfLayout> edfLayout(std::string_view bytes) {
    return Reader(bytes).read();
}

std::vector<EdfPart> identificationParts(std::string_view bytes, std::size_t at, bool recording) {
    const std::string_view all = bytes.substr(at, kIdentification);
    const std::size_t length =
        all.size() - (all.size() - (all.find_last_not_of(std::string_view(" \0", 2)) + 1));
    std::vector<EdfPart> out;
    std::size_t begin = 0;
    constexpr std::size_t kFixed = 4;
    if (recording) {
        constexpr std::string_view kWord = "Startdate ";
        if (!all.starts_with(kWord)) {
            return {};
        }
        begin = kWord.size();
    }
    while (begin < length && out.size() < kFixed) {
        const std::size_t end = std::min(all.find(' ', begin), length);
        if (end == begin) {
            return {};
        }
        out.push_back({at + begin, end - begin});
        begin = end + 1;
    }
    if (out.size() < kFixed) {
        return {};
    }
    if (begin < length) {
        out.push_back({at + begin, length - begin});
    }
    return out;
}

} // namespace kamei::intake::signal
