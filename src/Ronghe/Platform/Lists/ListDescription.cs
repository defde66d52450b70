namespace Ronghe.Platform.Lists;

/// <summary>
/// A list whose filters can be saved and whose columns can be chosen, registered by its capability:
/// <c>services.AddSingleton(new ListDescription("people", "人员", "/people", OrganisationPermissions.View, ["工号", "岗位"]))</c>.
/// </summary>
/// <param name="Key">Names the list in addresses and in what is stored; it does not change.</param>
/// <param name="Title">As its page is called.</param>
/// <param name="Path">Where it is shown.</param>
/// <param name="Permission">The right that its page asks for.</param>
/// <param name="Columns">Headings that may be left out; what names a row and what ticks it stays.</param>
public sealed record ListDescription(string Key, string Title, string Path, string Permission, string[] Columns);
