using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Ronghe.Platform.Data;

/// <summary>What holds for every table: names in snake case, enums as text, a version on every aggregate.</summary>
public static class Conventions
{
    public static void UseRongheConventions(this ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            if (entity.GetTableName() is { } table) entity.SetTableName(SnakeCase(table));
            foreach (var property in entity.GetProperties()) Shape(entity, property);
            foreach (var key in entity.GetKeys()) key.SetName(SnakeCase(key.GetName()!));
            foreach (var index in entity.GetIndexes()) index.SetDatabaseName(SnakeCase(index.GetDatabaseName()!));
            foreach (var reference in entity.GetForeignKeys()) reference.SetConstraintName(SnakeCase(reference.GetConstraintName()!));
        }
    }

    static void Shape(IMutableEntityType entity, IMutableProperty property)
    {
        if (property.GetColumnName() == property.Name) property.SetColumnName(SnakeCase(property.Name));
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type.IsEnum) property.SetProviderClrType(typeof(string));
        if (!typeof(Aggregate).IsAssignableFrom(entity.ClrType)) return;
        if (property.Name == nameof(Aggregate.Version)) property.IsConcurrencyToken = true;
        if (property.Name == nameof(Aggregate.Id)) property.ValueGenerated = ValueGenerated.Never;
    }

    internal static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && name[i - 1] != '_' && (char.IsLower(name[i - 1]) || i + 1 < name.Length && char.IsLower(name[i + 1])))
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }
}
