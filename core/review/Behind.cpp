#include "core/review/Behind.h"

#include <string_view>
#include <utility>

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

/// How many people stand behind names and the keys they signed with: names with a key in common are one
/// person, and keys with a name in common (a renewed key).
std::size_t groups(std::set<std::pair<std::string, std::string>> namesAndKeys) {
    std::size_t out = 0;
    for (; !namesAndKeys.empty(); ++out) {
        std::set<std::string> names{namesAndKeys.begin()->first};
        std::set<std::string> keys;
        std::size_t before = 0;
        do {
            before = namesAndKeys.size();
            std::erase_if(namesAndKeys, [&](const auto& pair) {
                const bool same = names.contains(pair.first) || keys.contains(pair.second);
                if (same) {
                    names.insert(pair.first);
                    keys.insert(pair.second);
                }
                return same;
            });
        } while (namesAndKeys.size() != before && !namesAndKeys.empty());
    }
    return out;
}

} // namespace

Behind peopleBehind(std::span<const model::Confirmation> all, const base::Sha256& present) {
    std::set<std::pair<std::string, std::string>> signedOnes; // name and key
    std::set<std::string> names;
    Behind out;
    for (const model::Confirmation& one : all) {
        if (one.verdict == model::Confirmation::Verdict::SentBack) {
            signedOnes.clear();
            names.clear();
            out = {};
        } else if (one.sha256 == present) {
            out.names.insert(one.reviewer);
            if (one.isSigned()) {
                out.signerNames.insert(one.reviewer);
                signedOnes.emplace(squeezed(one.reviewer), one.signer);
            } else {
                names.insert(squeezed(one.reviewer));
            }
        }
    }
    // Who signed and also confirmed without a signature is one person.
    for (const auto& [name, key] : signedOnes) {
        names.erase(name);
    }
    out.signers = groups(std::move(signedOnes));
    out.people = out.signers + names.size();
    return out;
}

} // namespace kamei::review
