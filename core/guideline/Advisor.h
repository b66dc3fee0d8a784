#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"

namespace kamei::guideline {

/// Who provides what for which aim to whom, at which stage, in words that never change (they stand in
/// workspaces and on the command line).
struct Situation {
    std::string provider = "medical";  ///< kProviders
    std::string stage = "develop";     ///< kStages
    std::string aim = "product";       ///< kAims
    std::string recipient = "company"; ///< kRecipients
};

/// Guideline 2.4.1: a medical institution that is an academic research institution, or is not.
inline constexpr std::array<std::string_view, 2> kProviders{"academic", "medical"};
/// The seven stages of 6.4.
inline constexpr std::array<std::string_view, 7> kStages{"explore",     "develop", "evaluate",  "dossier",
                                                         "application", "review",  "postmarket"};
/// Academic research, academic research with product development beside, product development alone, public
/// health (2.4.2, 2.5, 2.6).
inline constexpr std::array<std::string_view, 4> kAims{"academic", "mixed", "product", "health"};
/// Own use, a company in joint academic research, a company, another medical institution, an academic
/// research institution, the authority that reviews (PMDA).
inline constexpr std::array<std::string_view, 6> kRecipients{"own",     "joint",    "company",
                                                             "medical", "academic", "pmda"};

/// What the guideline says of a situation on one legal basis. No legal advice.
struct Advice {
    std::string id;
    std::string basis;   ///< consent academic public-health entrustment joint-personal joint-pseudonymised
                         ///< change-of-purpose stage informed-consent
    std::string verdict; ///< possible difficult recommended required forbidden note
    std::string section; ///< "2.6.1", "ppc-2021 5(1)"
    std::string ja;
    std::string en;
};

/// The rules of resources/guideline/advice.tsv. Immutable; safe to share between threads.
class Advisor {
public:
    [[nodiscard]] static base::Expected<Advisor> load();
    /// Malformed (args: line) for a word that is none of the above, or a line without section or sentence.
    [[nodiscard]] static base::Expected<Advisor> parse(std::string_view tsv);
    /// All that is said of a situation, in the order of the table. InvalidArgument for unknown words.
    [[nodiscard]] base::Expected<std::vector<Advice>> advise(const Situation& situation) const;
    [[nodiscard]] std::size_t size() const { return m_rows.size(); }

private:
    struct Row {
        Advice advice;
        std::array<std::vector<std::string>, 4> when; ///< provider, stage, aim, recipient; empty: all
    };
    std::vector<Row> m_rows;
};

} // namespace kamei::guideline
