using System.Globalization;
using System.Text;

namespace Cascade.OpenStack.Http;

/// <summary>A query string; what is null is left out.</summary>
internal sealed class Query
{
    private readonly StringBuilder text = new();

    public Query Add(string name, string? value)
    {
        if (value is not null)
        {
            text.Append(text.Length is 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return this;
    }

    public Query Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public Query Add(string name, bool? value) => Add(name, value switch { true => "true", false => "false", null => null });

    /// <summary>Seconds, UTC, with a Z.</summary>
    public Query Add(string name, DateTimeOffset? value) =>
        Add(name, value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    /// <summary>Comma separated; an empty list is left out.</summary>
    public Query Add(string name, IReadOnlyList<string>? values) => Add(name, values is { Count: > 0 } ? string.Join(',', values) : null);

    /// <summary>The name again for each; an empty list is left out.</summary>
    public Query AddEach(string name, IReadOnlyList<string>? values)
    {
        foreach (var value in values ?? [])
        {
            Add(name, value);
        }

        return this;
    }

    public override string ToString() => text.ToString();
}
