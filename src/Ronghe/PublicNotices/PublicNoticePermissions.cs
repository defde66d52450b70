using Ronghe.Platform.Security;

namespace Ronghe.PublicNotices;

public static class PublicNoticePermissions
{
    public const string Read = "public-notices.read", Publish = "public-notices.publish";

    public static readonly Permission[] All =
    [
        new(Read, "看公示、提异议"),
        new(Publish, "起草公示、答复异议、宣布结果"),
    ];
}
