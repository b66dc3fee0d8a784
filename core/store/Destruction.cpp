#include "core/store/Destruction.h"

#include "core/base/Digest.h"
#include "core/model/Locator.h"
#include "core/store/Connection.h"

namespace kamei::store {

base::Expected<Destroyed> Destruction::eraseValues() {
    return guarded("store.destruction", [&] {
        Destroyed out;
        // A name of a file may be an identifier itself; other places are paths of standards and numbers.
        out.findings =
            Query(m_connection, "UPDATE finding SET text='', text_hash=0, replacement='', detail='', "
                                "found=NULL, locator=CASE WHEN locator LIKE 'file-name:%' "
                                "THEN 'file-name:' ELSE locator END")
                .run();
        out.known = Query(m_connection, "DELETE FROM known").run();
        out.subjects = Query(m_connection, "UPDATE subject SET key='destroyed-' || id, hint='{}'").run();
        Query(m_connection, "DELETE FROM claim").run();
        // A reason that a person wrote may name people.
        Query(m_connection, "UPDATE settled SET reason=''").run();
        out.sources =
            Query(m_connection, "UPDATE source SET path='', member='', size=0, modified_ns=0, sha256=?, "
                                "facts='{}'")
                .bind(base::Sha256{})
                .run();
        Query(m_connection, "UPDATE asset SET title='', grp='destroyed-' || id, detected_with=NULL").run();
        Query(m_connection, "UPDATE staged SET residuals='[]'").run();
        Query(m_connection, "UPDATE confirmation SET note=''").run();
        // A mask shows where the face was; a view shows the face. That they were there stays, by their
        // digests.
        Query(m_connection, "DELETE FROM volume_mask").run();
        Query(m_connection, "UPDATE face_check SET reason=''").run();
        Query(m_connection, "UPDATE face_evidence SET path=''").run();
        Query(m_connection, "UPDATE audit_item SET note=''").run();
        return out;
    });
}

} // namespace kamei::store
