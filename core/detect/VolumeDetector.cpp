#include "core/detect/VolumeDetector.h"

#include <algorithm>

#include "core/detect/FileNames.h"
#include "core/detect/Findings.h"
#include "core/detect/volume/FaceFindings.h"
#include "core/intake/volume/Nifti.h"

namespace kamei::detect {
namespace {

using intake::volume::NiftiStream;
using model::Action;

constexpr std::string_view kTextRule = "clinical-text.file-information";
constexpr std::string_view kExtensionRule = "clinical-text.unseen-content";

/// Blanks and bytes that no text holds, taken off the end and made visible.
std::string shown(std::string_view raw) {
    std::string out;
    for (const char c : raw) {
        out += static_cast<unsigned char>(c) < 0x20 || c == '\x7F' ? ' ' : c;
    }
    out.erase(out.find_last_not_of(' ') + 1);
    return shortened(out);
}

model::Finding statement(std::string path, std::string text, std::string_view label, std::string_view rule,
                         const Context& context) {
    model::Finding out;
    out.locator.kind = model::Locator::Kind::Metadata;
    out.locator.path = std::move(path);
    out.text = std::move(text);
    out.label = label;
    gradeByRule(out, rule, Action::Delete, context);
    out.suggested = out.action = Action::Delete; // staging writes none of it, whatever a policy says
    out.detector = "metadata";
    return out;
}

base::Expected<void> addStatements(const model::Source& source, const Context& context, Detection& out) {
    auto stream = NiftiStream::open(source);
    if (!stream) {
        return tl::unexpected(stream.error());
    }
    const auto header = intake::volume::readNiftiHeader(*stream);
    if (!header) {
        return tl::unexpected(header.error());
    }
    for (const auto& field : header->texts()) {
        // Bytes behind the first zero are no part of the text, and leave as little.
        const auto begin = header->bytes.begin() + static_cast<std::ptrdiff_t>(field.offset);
        std::string all(reinterpret_cast<const char*>(&*begin), field.size);
        std::string text = shown(all);
        if (!text.empty()) {
            out.findings.push_back(statement("nifti." + std::string(field.name), std::move(text), "COMMENT",
                                             kTextRule, context));
        }
    }
    const auto extensions = intake::volume::readNiftiExtensions(*stream, *header);
    if (!extensions) {
        return tl::unexpected(extensions.error());
    }
    std::size_t number = 0;
    for (const auto& extension : *extensions) {
        out.findings.push_back(statement("nifti.extension." + std::to_string(++number),
                                         shown(extension.content), "PRIVATE", kExtensionRule, context));
    }
    return {};
}

} // namespace

base::Expected<Detection> detectNifti(const model::Asset& asset, std::span<const model::Source> sources,
                                      const Context& context) {
    Detection out;
    for (const model::Source& source : sources) {
        if (auto done = addStatements(source, context, out); !done) {
            return tl::unexpected(done.error());
        }
    }
    auto faces = volume::faceFindings(asset, sources, std::nullopt, context);
    if (!faces) {
        return tl::unexpected(faces.error());
    }
    std::ranges::move(*faces, std::back_inserter(out.findings));
    for (model::Finding& finding : fileNameFindings(sources, context)) {
        out.findings.push_back(std::move(finding));
    }
    return out;
}

} // namespace kamei::detect
