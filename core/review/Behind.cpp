#include "core/review/Behind.h"

#include <string_view>

namespace kamei::review {
namespace {

/// A name as it is compared: "山田　太郎" and "山田 太郎" are one person.
std::string squeezed(std::string_view name) {
    constexpr std::string_view kIdeographicSpace = "\u3000";
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name.substr(i).starts_with(kIdeographicSpace)) {
            i += kIdeographicSpace.size() - 1;
        } else if (name[i] != ' ' && name[i] != '\t') {
            out += name[i];
        }
    }
    return out;
}

} // namespace

Behind peopleBehind(std::span<const model::Confirmation> all, const base::Sha256& present) {
    std::set<std::string> keys;
    std::set<std::string> signedNames;
    std::set<std::string> names;
    Behind out;
    for (const model::Confirmation& one : all) {
        if (one.verdict == model::Confirmation::Verdict::SentBack) {
            keys.clear();
            signedNames.clear();
            names.clear();
            out = {};
        } else if (one.sha256 == present) {
            out.names.insert(one.reviewer);
            if (one.isSigned()) {
                out.signerNames.insert(one.reviewer);
                keys.insert(one.signer);
                signedNames.insert(squeezed(one.reviewer));
            } else {
                names.insert(squeezed(one.reviewer));
            }
        }
    }
    // Who signed and also confirmed without a signature is one person.
    std::erase_if(names, [&](const std::string& name) { return signedNames.contains(name); });
    out.people = keys.size() + names.size();
    out.signers = keys.size();
    return out;
}

} // namespace kamei::review
