#include <CLI/CLI.hpp>
#include <charconv>
#include <sstream>

#include "app/cli/Commands.h"
#include "core/decide/Edit.h"
#include "core/detect/Detector.h"
#include "core/job/Looking.h"
#include "core/model/Mask.h"

namespace kamei::app::cli {
namespace {

/// Rule of a region that a person masks: Guideline 5.4.3, burned-in text.
constexpr const char* kMaskRule = "image-content.burned-in-text";

struct Options {
    std::string workspace;
    std::int64_t asset = 0;
    std::string rect;
    std::string frames;
    std::string fill = "black";
    bool keepInside = false;
    bool asTemplate = false;
};

/// Whole numbers with one separator between them; empty when the text is anything else.
std::vector<std::int32_t> numbers(const std::string& text, char separator) {
    std::vector<std::int32_t> out;
    std::stringstream in(text);
    std::string part;
    while (std::getline(in, part, separator)) {
        std::int32_t value = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
        if (error != std::errc{} || end != part.data() + part.size()) {
            return {};
        }
        out.push_back(value);
    }
    return out;
}

base::Expected<model::Mask> maskOf(const Options& options) {
    const auto rect = numbers(options.rect, ',');
    if (rect.size() != 4 || rect[0] < 0 || rect[1] < 0 || rect[2] <= 0 || rect[3] <= 0) {
        return base::fail(base::ErrorCode::InvalidArgument, "", {"--rect X,Y,W,H"});
    }
    model::Mask mask;
    mask.asset = base::AssetId{options.asset};
    mask.rect = {rect[0], rect[1], rect[2], rect[3]};
    mask.fill = options.fill == "noise"        ? model::Mask::Fill::Noise
                : options.fill == "local-mean" ? model::Mask::Fill::LocalMean
                                               : model::Mask::Fill::Black;
    mask.keepInside = options.keepInside;
    if (!options.frames.empty()) {
        const auto frames = numbers(options.frames, '-');
        if (frames.empty() || frames.size() > 2 || frames.front() < 1 || frames.back() < frames.front()) {
            return base::fail(base::ErrorCode::InvalidArgument, "", {"--frames A-B"});
        }
        mask.frames = {frames.front(), frames.back()};
    }
    return mask;
}

model::Finding findingFor(const model::Mask& mask, const job::Session& session) {
    model::Finding out;
    out.asset = mask.asset;
    out.locator.kind = model::Locator::Kind::Pixels;
    out.locator.rect = mask.rect;
    out.locator.frames = mask.frames;
    out.label = "BurnedInText";
    out.rule = kMaskRule;
    out.detector = "person";
    const guideline::Rule* rule = session.rules().find(kMaskRule);
    out.category = rule != nullptr ? rule->category : model::Category::Identifier;
    out.requirement = rule != nullptr ? rule->requirement : model::Requirement::Required;
    out.suggested = out.action = model::Action::Mask;
    out.origin = model::Origin::Person;
    out.state = model::DecisionState::Accepted;
    out.detail = R"({"mask":)" + model::toJson(mask) + "}";
    return out;
}

Exit runMask(const Options& options) {
    const auto mask = maskOf(options);
    if (!mask) {
        return report(mask.error());
    }
    const auto session = job::Session::open(options.workspace, job::OpenMode::ReadWrite);
    if (!session) {
        return report(session.error());
    }
    const auto row = (*session)->asset(mask->asset);
    if (!row) {
        return report(row.error());
    }
    if (!*row || (*row)->asset.frames == 0) {
        tell(say("There is no asset with pictures under this number.", "この番号の画像データはありません。"));
        return Exit::Open;
    }
    if (mask->frames.last > (*row)->asset.frames) {
        return report({base::ErrorCode::InvalidArgument, {"--frames"}, {}});
    }
    const bool slide =
        (*row)->asset.kind == model::AssetKind::Slide || (*row)->asset.kind == model::AssetKind::DicomSlide;
    if (!slide && !mask->keepInside) {
        // A mask that covers nothing would stand for one: what asks for a look would count as covered.
        const auto picture = job::pictureOf(**session, mask->asset, std::max(mask->frames.first, 1), job::Side::Before);
        if (picture && (mask->rect.x >= static_cast<std::int32_t>(picture->raster.width) ||
                        mask->rect.y >= static_cast<std::int32_t>(picture->raster.height))) {
            return report({base::ErrorCode::InvalidArgument, {"--rect"}, {}});
        }
    }
    if (const auto added = (*session)->apply(decide::Add{{findingFor(*mask, **session)}}, kActor); !added) {
        return report(added.error());
    }
    tell(say("The mask was added. The pixels are destroyed when the asset is staged.",
             "マスクを追加しました。画素は処理 (stage) のときに破壊されます。"));
    if (!options.asTemplate) {
        return Exit::Done;
    }
    if ((*row)->asset.device.empty()) {
        tell(say("The device is not stated, so there is no template.",
                 "装置名がないため、テンプレートは作成していません。"));
        return Exit::Open;
    }
    detect::DeviceTemplate value{(*row)->asset.device, "BurnedInText", *mask, 0};
    const auto saved = (*session)->saveTemplate(value, kActor);
    return saved ? Exit::Done : report(saved.error());
}

} // namespace

void addMaskCommand(CLI::App& app, Chosen& chosen) {
    auto options = std::make_shared<Options>();
    CLI::App* mask = app.add_subcommand("mask", "destroy a region of pixels");
    mask->add_option("workspace", options->workspace, "workspace folder")->required();
    mask->add_option("--asset", options->asset, "number of the asset")->required();
    mask->add_option("--rect", options->rect, "X,Y,W,H in pixels of the stored image")->required();
    mask->add_option("--frames", options->frames, "A-B, counted from 1 over the asset; left out: all");
    mask->add_option("--fill", options->fill, "what the pixels become")
        ->check(CLI::IsMember({"black", "local-mean", "noise"}))
        ->capture_default_str();
    mask->add_flag("--keep-inside", options->keepInside, "destroy everything outside the rectangle instead");
    mask->add_flag("--as-template", options->asTemplate,
                   "propose it for every image of the same device and size");
    mask->callback([&chosen, options] { chosen = [options] { return runMask(*options); }; });
}

} // namespace kamei::app::cli
