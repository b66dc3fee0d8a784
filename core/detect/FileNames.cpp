#include "core/detect/FileNames.h"

#include <set>
#include <string>

#include "core/detect/Findings.h"
#include "core/detect/known/Matcher.h"

namespace kamei::detect {

std::vector<model::Finding> fileNameFindings(std::span<const model::Source> sources, const Context& context) {
    std::vector<model::Finding> out;
    if (context.known.empty()) {
        return out;
    }
    const known::Matcher matcher(context.known);
    std::set<std::string> said;
    for (const model::Source& source : sources) {
        // The name and the folder that holds it; folders further up belong to the machine.
        const std::string name = source.member.empty() ? source.path.parent_path().filename().string() + "/" +
                                                             source.path.filename().string()
                                                       : source.member;
        if (!said.insert(name).second || known::searchKnown(name, matcher).empty()) {
            continue;
        }
        model::Finding finding;
        finding.locator.kind = model::Locator::Kind::FileName;
        finding.text = shortened(name);
        finding.label = "FILE_NAME";
        finding.detector = "known.file-name";
        finding.origin = model::Origin::Known;
        grade(finding, text::Label::PatientName, text::ruleFor(text::Label::PatientName), context);
        out.push_back(std::move(finding));
    }
    return out;
}

} // namespace kamei::detect
