#include "core/intake/Describe.h"

#include <algorithm>

#include "core/base/Digest.h"
#include "core/intake/image/Image.h"
#include "core/intake/image/Metadata.h"
#include "core/intake/text/Hints.h"
#include "core/intake/text/TextSource.h"

namespace kamei::intake {
namespace {

using base::Error;
using base::ErrorCode;
using model::AssetKind;

/// Facts are plain words and numbers: nothing in them needs escaping.
std::string quoted(std::string_view text) {
    return '"' + std::string(text) + '"';
}

/// Reads a text-like source and what all of them have in common.
base::Expected<Description> describeTextual(std::string_view content, std::string_view format,
                                            AssetKind kind) {
    if (content.empty()) {
        return base::fail(ErrorCode::Empty, "intake.describe");
    }
    auto source = text::TextSource::read(std::string(content), format);
    if (!source) {
        return tl::unexpected(source.error());
    }
    Description out;
    out.kind = kind;
    out.group = base::sha256(content).hex();
    out.title = text::titleOf(*source);
    out.facts = "{\"encoding\":" + quoted(encoding::word(source->encoding())) + "}";
    if (kind == AssetKind::Table) {
        out.subjects = text::tableHints(*source);
        if (out.subjects.size() == 1) {
            out.subject = std::move(out.subjects.front());
            out.subjects.clear();
        }
    } else if (source->people().size() > 1) {
        out.subjects = source->people();
    } else {
        out.subject = source->people().empty() ? text::subjectHint(*source) : source->people().front();
    }
    if (source->encodingDoubtful()) {
        out.doubts.push_back({ErrorCode::UnsupportedEncoding,
                              {std::string(encoding::word(source->encoding()))},
                              "intake.describe.encoding"});
    }
    const bool binary = std::any_of(source->segments().begin(), source->segments().end(),
                                    [](const text::Segment& segment) { return segment.role == "binary"; });
    if (binary) { // a PDF or picture inside the document, which nobody has looked into
        out.doubts.push_back({ErrorCode::UnsupportedFormat, {"embedded"}, "intake.describe.embedded"});
    }
    return out;
}

std::string valueOf(const std::vector<image::MetadataEntry>& entries, std::string_view key) {
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&](const image::MetadataEntry& e) { return e.key == key; });
    return found == entries.end() ? std::string() : found->value;
}

std::string_view photometric(std::int32_t channels) {
    return channels >= 3 ? "RGB" : "MONOCHROME2";
}

base::Expected<Description> describeImage(std::string_view content, std::string_view format,
                                          std::string_view name) {
    if (content.empty()) {
        return base::fail(ErrorCode::Empty, "intake.describe");
    }
    const auto facts = image::readFacts(content, format);
    if (!facts) {
        return tl::unexpected(facts.error());
    }
    // Only decoding shows whether the pixels are all there; a picture that ends early must not pass as whole.
    constexpr std::int32_t kDecodedPages = 64;
    for (std::int32_t page = 1; page <= std::min(facts->pages, kDecodedPages); ++page) {
        if (const auto raster = image::decode(content, format, page); !raster) {
            return tl::unexpected(raster.error());
        }
    }
    Description out;
    out.kind = AssetKind::Image;
    out.group = base::sha256(content).hex();
    const std::string size = std::to_string(facts->width) + " x " + std::to_string(facts->height);
    out.title = std::string(name) + ' ' + size;
    out.frames = facts->pages;
    out.facts = "{\"width\":" + std::to_string(facts->width) +
                ",\"height\":" + std::to_string(facts->height) +
                ",\"pages\":" + std::to_string(facts->pages) +
                ",\"orientation\":" + std::to_string(facts->orientation) +
                ",\"bits\":" + std::to_string(facts->bitsPerSample) + "}";
    const auto metadata = image::readMetadata(content, format);
    const std::string make = valueOf(metadata, "Exif.Image.Make");
    const std::string model = valueOf(metadata, "Exif.Image.Model");
    if (!make.empty() || !model.empty()) {
        out.device = make + '|' + model + '|' + valueOf(metadata, "Exif.Image.Software") + '|' +
                     std::to_string(facts->height) + 'x' + std::to_string(facts->width) + '|' +
                     std::string(photometric(facts->channels)) + '|';
    }
    return out;
}

} // namespace

base::Expected<Description> describeText(const Location&, std::string_view content) {
    return describeTextual(content, "text", AssetKind::Text);
}
base::Expected<Description> describeTable(const Location&, std::string_view content) {
    return describeTextual(content, "csv", AssetKind::Table);
}
base::Expected<Description> describeXml(const Location&, std::string_view content) {
    return describeTextual(content, "xml", AssetKind::Document);
}
base::Expected<Description> describeCda(const Location&, std::string_view content) {
    return describeTextual(content, "cda", AssetKind::Document);
}
base::Expected<Description> describeAnnotatedEcg(const Location&, std::string_view content) {
    return describeTextual(content, "aecg", AssetKind::Signal);
}
base::Expected<Description> describeHl7(const Location&, std::string_view content) {
    return describeTextual(content, "hl7v2", AssetKind::Document);
}
base::Expected<Description> describeFhir(const Location&, std::string_view content) {
    return describeTextual(content, "fhir", AssetKind::Document);
}
base::Expected<Description> describeJpeg(const Location&, std::string_view content) {
    return describeImage(content, "jpeg", "JPEG");
}
base::Expected<Description> describePng(const Location&, std::string_view content) {
    return describeImage(content, "png", "PNG");
}
base::Expected<Description> describeTiff(const Location&, std::string_view content) {
    return describeImage(content, "tiff", "TIFF");
}
base::Expected<Description> describeBmp(const Location&, std::string_view content) {
    return describeImage(content, "bmp", "BMP");
}
base::Expected<Description> describeHeif(const Location&, std::string_view content) {
    return describeImage(content, "heif", "HEIF");
}

} // namespace kamei::intake
