using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Imports;

/// <summary>One right for each kind of file, held over the whole company.</summary>
public static class ImportPermissions
{
    public const string View = "imports.view", Organisation = "imports.organisation", People = "imports.people";

    public static readonly Permission[] All =
    [
        new(View, "查看导入记录"),
        new(Organisation, "导入组织机构"),
        new(People, "导入员工花名册"),
    ];
}
