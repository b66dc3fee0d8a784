#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/detect/attribute/PrivateValues.h"
#include "core/detect/attribute/Profile.h"
#include "core/intake/dicom/CharacterSet.h"
#include "core/intake/dicom/Instance.h"

namespace kamei::detect::attribute {

struct ItemNode;

/// What the instances of one asset hold at one attribute path.
struct AttributeNode {
    Tag tag = 0;
    Vr vr{};             ///< by the dictionary, else as first read
    std::string creator; ///< private elements: owner of the block
    Verdict verdict;
    bool isSequence = false;
    bool indifferent = false; ///< numbers that stay: nothing is recorded of them
    std::int64_t instances = 0;
    std::int64_t lastInstance = -1;
    std::int64_t mostItems = 0;
    std::string first;                          ///< first value, decoded
    std::string lastRaw;                        ///< instances mostly repeat the value before: seen at once
    std::unordered_set<std::uint64_t> distinct; ///< hashes of raw values
    std::vector<std::string> values;       ///< distinct decoded values of text, at most Survey::kMostValues
    std::unordered_set<std::string> coded; ///< of them: meanings of codes of a public coding scheme
    bool overflow = false;                 ///< more distinct values than are held
    bool doubtful = false; ///< some value is not valid in its character set, and not in `values`
    std::unique_ptr<PrivateFacts> facts;          ///< of private elements
    std::vector<std::unique_ptr<ItemNode>> items; ///< by index; a single one for all when `merged`
    bool merged = false;
};

struct ItemNode {
    std::map<Tag, AttributeNode> attributes;
};

/// Goes over the headers of all instances of an asset once and gathers what findings are made of.
class Survey {
public:
    /// Sequences with more items in some instance are merged into one: "[*]".
    static constexpr std::int64_t kMostItems = 8;
    static constexpr std::size_t kMostValues = 200;

    explicit Survey(const Profile& profile) : m_profile(profile) {}

    void add(const intake::dicom::Instance& instance);

    [[nodiscard]] const ItemNode& root() const { return m_root; }
    [[nodiscard]] std::int64_t instances() const { return m_instances; }
    /// First value of a top-level attribute; empty when no instance has one.
    [[nodiscard]] std::string_view first(Tag tag) const;

private:
    struct Frame {
        const intake::dicom::Instance& instance;
        std::string sopClass;
        Tag parent = 0;
        bool strict = false;
        intake::dicom::CharacterSet set;
        std::uint64_t setHash = 0;
        const model::Device* device = nullptr;
        bool publicScheme = false; ///< the item is a code of a public coding scheme
    };
    void walk(Frame frame, std::size_t begin, std::size_t end, ItemNode& into);
    void sequence(const Frame& frame, std::size_t index, AttributeNode& node);
    void value(const Frame& frame, const intake::dicom::Element& element, AttributeNode& node);
    /// Judges a private element; what instances disagree on (owner of the block, device) is removed.
    void judgePrivate(const Frame& frame, const intake::dicom::Element& element, const std::string& creator,
                      AttributeNode& node, bool isNew) const;
    static void privateValue(const Frame& frame, const intake::dicom::Element& element, AttributeNode& node);
    AttributeNode& nodeFor(const Frame& frame, const intake::dicom::Element& element, ItemNode& into,
                           const std::map<std::uint32_t, std::string>& creators);
    static void merge(ItemNode& into, ItemNode& from);
    static void mergeItems(AttributeNode& node);

    const Profile& m_profile;
    ItemNode m_root;
    std::int64_t m_instances = 0;
};

} // namespace kamei::detect::attribute
