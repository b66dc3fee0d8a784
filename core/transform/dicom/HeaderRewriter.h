#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/Error.h"
#include "core/detect/attribute/PrivateValues.h"
#include "core/intake/dicom/CharacterSet.h"
#include "core/intake/dicom/Instance.h"
#include "core/transform/dicom/Encoder.h"
#include "core/transform/dicom/Markers.h"
#include "core/transform/dicom/Plan.h"
#include "core/transform/dicom/Values.h"

namespace kamei::transform::dicom {

/// What many instances share, remembered by a thread: decoded text, new UIDs, verdicts of the profile.
class ValueCache {
public:
    /// The cache of this thread for one transform; another transform's is dropped.
    [[nodiscard]] static ValueCache& of(std::uint64_t transform);
    TextMap<std::string> uids;
    TextMap<std::string> texts; ///< raw value, VR and character set -> UTF-8
    /// What is done with an attribute at its place. Instances of one series hold much the same attributes in
    /// the same order: each ruling remembers the one that was asked for after it.
    struct Ruling {
        const PlanItem* plan = nullptr; ///< of the item that holds the attribute
        Tag tag = 0;
        Tag parent = 0;
        Vr read{};
        bool strict = false;
        const PlanNode* node = nullptr;
        Decision decision;
        Vr written{};
        std::uint32_t next = 0;
        [[nodiscard]] bool isFor(const PlanItem* p, Tag t, Tag in, Vr vr, bool dummy) const {
            return tag == t && plan == p && parent == in && read == vr && strict == dummy;
        }
    };
    std::vector<Ruling> rulings{1}; ///< the first one stands before all attributes
    std::unordered_multimap<Tag, std::uint32_t> places;
    std::uint32_t last = 0;
    std::string sopClass;
    void forgetRulings();
    /// What the instance before was marked with; mostly the next one is marked alike.
    struct Markers {
        PixelChanges pixels;
        EarlierMarkers earlier;
        bool explicitVr = true;
        Additions written;
    };
    std::optional<Markers> markers;

private:
    std::uint64_t m_transform = 0;
};

/// Writes the header of one instance by the plan: every level in ascending order, text in UTF-8.
class HeaderRewriter {
public:
    HeaderRewriter(const Plan& plan, const intake::dicom::Instance& instance, const Person& person,
                   const pseudonym::Key& key, ValueCache& cache);

    /// Elements up to the pixel data into `head`, those behind it into `tail`; the pixel data's own element
    /// is left to the caller.
    void write(const PixelChanges& pixels, bool explicitVr, std::string& head, std::string& tail);

    [[nodiscard]] const std::string& sopClass() const { return m_sopClass; }
    /// SOP Instance UID of the output.
    [[nodiscard]] std::string sopInstance();

private:
    struct Level {
        std::size_t begin = 0;
        std::size_t end = 0;
        const PlanItem* plan = nullptr;
        Tag parent = 0;
        bool strict = false;
        intake::dicom::CharacterSet set;
        std::uint64_t setId = 0;
    };
    [[nodiscard]] Level root() const;
    void level(const Level& in, Encoder& encoder, const Additions& additions, std::size_t& split);
    void order(const Level& in, std::vector<std::size_t>& out) const;
    /// Of the data set itself; null and empty when it is not there.
    [[nodiscard]] const intake::dicom::Element* find(Tag tag) const;
    [[nodiscard]] std::string_view textOf(Tag tag) const;
    void element(const Level& in, std::size_t index, Encoder& encoder, std::string_view creator);
    void sequence(const Level& in, std::size_t index, const PlanNode* node, const Decision& decision,
                  Encoder& encoder);
    void value(const Level& in, const intake::dicom::Element& element, const Decision& decision, Vr written,
               Encoder& encoder);
    /// Of an attribute that is not private, by value: the cache grows while its items are written.
    [[nodiscard]] ValueCache::Ruling rulingOf(const Level& in, Tag tag, Vr read) const;
    void formOf(const intake::dicom::Element& element, Vr vr, Form form, Encoder& encoder);
    void keep(const Level& in, const intake::dicom::Element& element, Vr vr, Encoder& encoder);
    void clean(const Level& in, const intake::dicom::Element& element, Vr vr, const Decision& decision,
               Encoder& encoder);
    void replace(const Level& in, const intake::dicom::Element& element, Vr vr, const Decision& decision,
                 Encoder& encoder);
    void shift(const intake::dicom::Element& element, Vr vr, const Decision& decision, Encoder& encoder);
    void generalise(const intake::dicom::Element& element, Vr vr, const Decision& decision, Encoder& encoder);
    [[nodiscard]] bool blockIsKept(const Level& in, std::span<const std::size_t> order, std::size_t creator);
    /// What made the instance, as far as the policy asks for it.
    [[nodiscard]] const model::Device& device();
    [[nodiscard]] bool isDropped(const Level& in, Tag tag) const;
    [[nodiscard]] bool keepsOverlay(const Level& in, Tag tag) const;
    [[nodiscard]] const std::string& decoded(const Level& in, std::string_view raw, Vr vr);
    [[nodiscard]] const std::string& newUid(std::string_view value);
    [[nodiscard]] EarlierMarkers earlier();
    [[nodiscard]] const Additions& markers(const PixelChanges& pixels, bool explicitVr);
    [[nodiscard]] std::string_view studyDate() const;
    [[nodiscard]] bool isOverNinety() const;
    [[nodiscard]] bool isBornLater(std::string_view month) const;

    const Plan& m_plan;
    const intake::dicom::Instance& m_instance;
    const Person& m_person;
    const pseudonym::Key& m_key;
    ValueCache& m_cache;
    std::vector<std::size_t> m_top; ///< elements of the data set on the tape, in ascending order
    std::string m_sopClass;
    const PixelChanges* m_pixels = nullptr;
    std::string m_cacheKey;
    std::optional<model::Device> m_device;
};

} // namespace kamei::transform::dicom
