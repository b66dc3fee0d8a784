#include "core/intake/genome/Variants.h"

#include <algorithm>

#include "core/intake/genome/Bcf.h"
#include "core/intake/genome/Inflate.h"

namespace kamei::intake::genome {
namespace {

using base::ErrorCode;
using text::Segment;
using text::TextSource;

constexpr std::string_view kPlace = "intake.genome.open";

/// Whole lines only, at most `limit` bytes.
std::string cutToLines(std::string text, std::size_t limit, bool& whole) {
    if (text.size() > limit) {
        text.resize(limit);
        whole = false;
    }
    if (!whole) {
        text.resize(text.rfind('\n') + 1); // npos + 1 is 0
    }
    return text;
}

/// The column line ends the header (VCF 4.3, 1.5); the fixed columns must be told apart.
bool hasColumns(const TextSource& source) {
    constexpr std::ptrdiff_t kFewest = 8;
    const auto& parts = source.segments();
    return std::ranges::count(parts, std::string_view("columns"), &Segment::path) >= kFewest;
}

base::Expected<std::string> bcfText(std::string_view bcf, bool& whole) {
    const auto frame = frameOf(bcf);
    if (!frame) {
        return tl::unexpected(frame.error());
    }
    whole = whole && frame->records.back() == bcf.size();
    std::string out(bcf.substr(frame->headerBegin, frame->headerSize));
    if (!out.ends_with('\n')) {
        out += '\n';
    }
    auto records = bcfRecords(bcf, kMostText - std::min(kMostText, out.size()), whole);
    if (!records) {
        return records;
    }
    return out + *records;
}

/// Numbers of columns that a replacement must not change.
bool sameShape(std::string_view before, std::string_view after) {
    while (!before.empty() || !after.empty()) {
        const std::string_view old = before.substr(0, std::min(before.find('\n'), before.size()));
        const std::string_view now = after.substr(0, std::min(after.find('\n'), after.size()));
        if (std::ranges::count(old, '\t') != std::ranges::count(now, '\t') || old.empty() != now.empty()) {
            return false;
        }
        before.remove_prefix(std::min(before.size(), old.size() + 1));
        after.remove_prefix(std::min(after.size(), now.size() + 1));
    }
    return true;
}

/// Lines behind the header that differ, by number of the record.
std::map<std::size_t, std::string> changedRecords(std::string_view before, std::string_view after) {
    std::map<std::size_t, std::string> out;
    for (std::size_t record = 0; !before.empty() && !after.empty();) {
        const std::string_view old = before.substr(0, std::min(before.find('\n'), before.size()));
        const std::string_view now = after.substr(0, std::min(after.find('\n'), after.size()));
        if (!old.starts_with('#')) {
            if (old != now) {
                out.emplace(record, now);
            }
            ++record;
        }
        before.remove_prefix(std::min(before.size(), old.size() + 1));
        after.remove_prefix(std::min(after.size(), now.size() + 1));
    }
    return out;
}

} // namespace

base::Expected<Variants> open(std::string bytes) {
    Variants out;
    bool whole = true;
    if (isGzip(bytes)) {
        auto inflated = inflate(bytes, kMostText);
        if (!inflated) {
            return tl::unexpected(inflated.error());
        }
        out.container = Container::Gzip;
        whole = inflated->whole;
        bytes = std::move(inflated->bytes);
    }
    if (isBcf(bytes)) {
        out.container = Container::Bcf;
        auto text = bcfText(bytes, whole);
        if (!text) {
            return tl::unexpected(text.error());
        }
        bytes = std::move(*text);
    }
    bytes = cutToLines(std::move(bytes), kMostText, whole);
    auto text = TextSource::read(std::move(bytes), vcfSegments);
    if (!text) {
        return tl::unexpected(text.error());
    }
    if (!hasColumns(*text)) {
        return whole ? base::fail(ErrorCode::Malformed, kPlace) : base::fail(ErrorCode::TooLarge, kPlace);
    }
    out.text = std::move(*text);
    out.whole = whole;
    return out;
}

base::Expected<std::string> rewrite(std::string_view original, const Variants& variants,
                                    std::vector<TextSource::Replacement> replacements) {
    if (!variants.whole) {
        return base::fail(ErrorCode::NotPossible, kPlace, {"size"});
    }
    auto text = variants.text.rewrite(std::move(replacements));
    const auto before = variants.text.rewrite({});
    if (!text || !before) {
        return text ? before : text;
    }
    if (!sameShape(*before, *text)) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    if (variants.container != Container::Bcf) {
        return text;
    }
    std::string inflated;
    if (isGzip(original)) {
        auto all = inflate(original, kMostText);
        if (!all) {
            return tl::unexpected(all.error());
        }
        inflated = std::move(all->bytes);
        original = inflated;
    }
    const auto frame = frameOf(original);
    if (!frame) {
        return tl::unexpected(frame.error());
    }
    const std::size_t columns = text->starts_with("#CHROM") ? 0 : text->find("\n#CHROM") + 1;
    const std::size_t end = std::min(text->find('\n', columns), text->size() - 1) + 1;
    return writeBcf(original, *frame, text->substr(0, end), changedRecords(*before, *text));
}

} // namespace kamei::intake::genome
