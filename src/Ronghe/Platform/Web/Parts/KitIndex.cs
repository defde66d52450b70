namespace Ronghe.Platform.Web.Parts;

/// <summary>
/// The kit on one page. Every part is shown at <c>/kit</c>.
/// <code>
/// page    r-page-head title sub crumb above status status-text {acts}
/// boxes   r-box title icon note more-href more-text pad {…}   r-item icon title detail href tone {badge or act}   r-figure label value detail href tone
/// facts   r-facts { r-fact label text {…} }                   r-timeline { r-timeline-item status title who at when note {…} }
/// history r-history of tone
/// table   r-table of="Table.Of(rows, link).Main(…).Text(…).Day(…).Badge(…).Cell(…).Check(…)" caption   r-pager next previous summary
/// tree    r-tree of="lines" open tick ticked                   r-marked text query
/// filter  r-chips label { r-chip href text count icon on tone }
///         r-saved-filters of="ListSettings"                   (with a ListDescription, and Table.Without(settings.Hidden))
///         r-filter-bar action search search-name keep { r-filter name label options value all }
/// status  r-badge status text icon   (reported assigned rectified verified closed overdue rejected merged info waiting good bad neutral)
/// forms   r-problems all   r-field for name value label hint error required as options empty icon suffix rows
///         r-person-picker, r-unit-picker, r-place-picker for name label hint required text placeholder options source
///         r-photo-input for name label hint add max required   form data-draft="key"
/// acts    r-acts { r-act text icon kind small handler href reason }   r-act-box title icon open {form} (page: ActPage)
/// photos  r-photo-pair before after no-before no-after        r-photos of
/// words   r-note kind icon text {…}   r-empty icon text next {acts}   r-icon name title
/// </code>
/// </summary>
static class KitIndex;
