using Ronghe.Platform.Journal;

namespace Ronghe.PublicNotices;

/// <summary>What the journal tells of public notices, in words.</summary>
static class PublicNoticeJournal
{
    public static string EventOf(PublicNoticeVerb verb) => verb switch
    {
        PublicNoticeVerb.Draft => "public-notice.drafted", PublicNoticeVerb.Restate => "public-notice.restated", PublicNoticeVerb.Open => "public-notice.opened",
        PublicNoticeVerb.Object => "public-notice.objected", PublicNoticeVerb.Answer => "public-notice.answered", PublicNoticeVerb.Close => "public-notice.closed",
        _ => "public-notice.withdrawn",
    };

    public static readonly IReadOnlyList<JournalSubject> Subjects =
    [
        new(PublicNoticeActions.Kind, "公示", Enum.GetValues<PublicNoticeVerb>().ToDictionary(EventOf, verb => verb.Title())) { Record = typeof(PublicNotice), Href = id => $"/public-notices/{id}" },
    ];
}
