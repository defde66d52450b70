using Ronghe.Platform.Security;

namespace Ronghe.Platform.Links;

public static class Linking
{
    /// <summary>From one record to another, with a word that says how.</summary>
    public static void Link(this AppDb db, (string Kind, Guid Id) from, (string Kind, Guid Id) to, string relation, Actor by, DateTimeOffset at) =>
        db.Links.Add(new Link { FromKind = from.Kind, FromId = from.Id, ToKind = to.Kind, ToId = to.Id, Relation = relation, At = at, ById = by.PersonId });
}
