using Ronghe.Platform.Security;

namespace Ronghe.Organisation;

public static class OrganisationPermissions
{
    public const string
        View = "organisation.view",
        PersonalFacts = "organisation.personal-facts",
        ManageUnits = "organisation.manage-units",
        ManagePeople = "organisation.manage-people",
        ManageAppointments = "organisation.manage-appointments",
        ManagePlaces = "organisation.manage-places";

    public static readonly Permission[] All =
    [
        new(View, "查看本公司的组织、人员和地点"),
        new(PersonalFacts, "查看个人信息（出生年月、民族、电话、入党日期）"),
        new(ManageUnits, "维护单位与党组织"),
        new(ManagePeople, "维护人员"),
        new(ManageAppointments, "办理任职与卸任"),
        new(ManagePlaces, "维护地点与设备"),
    ];
}
