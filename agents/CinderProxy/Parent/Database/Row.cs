using System.Data.Common;
using System.Globalization;

namespace Cascade.CinderProxy.Parent.Database;

/// <summary>One row as it is read, by column name. The drivers give the same column different types (a boolean of SQLite is a long), these methods one.</summary>
internal readonly struct Row(DbDataReader reader)
{
    /// <exception cref="InvalidCastException">The column is NULL.</exception>
    public string Text(string column) => TextOrNull(column) ?? throw new InvalidCastException($"{column} is NULL");

    public string? TextOrNull(string column) => Value(column) is { } value ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    /// <summary>0 for NULL.</summary>
    public int Int(string column) => IntOrNull(column) ?? 0;

    public int? IntOrNull(string column) => Value(column) is { } value ? Convert.ToInt32(value, CultureInfo.InvariantCulture) : null;

    /// <summary>False for NULL.</summary>
    public bool Flag(string column) => FlagOrNull(column) ?? false;

    public bool? FlagOrNull(string column) => Value(column) is { } value ? Convert.ToBoolean(value, CultureInfo.InvariantCulture) : null;

    /// <summary>UTC.</summary>
    public DateTime? TimeOrNull(string column) => Value(column) switch
    {
        null => null,
        DateTime moment => DateTime.SpecifyKind(moment, DateTimeKind.Utc),
        var text => DateTime.Parse((string)text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
    };

    object? Value(string column) => reader.GetValue(reader.GetOrdinal(column)) is var value and not DBNull ? value : null;
}
