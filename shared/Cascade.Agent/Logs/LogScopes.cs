using Microsoft.Extensions.Logging;

namespace Cascade.Agent;

/// <summary>The values of all scopes around a line, inner ones winning.</summary>
static class LogScopes
{
    public static Dictionary<string, string> Collect(IExternalScopeProvider? scopes)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        scopes?.ForEachScope(
            static (scope, into) =>
            {
                if (scope is not IEnumerable<KeyValuePair<string, object?>> pairs)
                    return;
                foreach (var (key, value) in pairs)
                {
                    if (value?.ToString() is { Length: > 0 } text && key != "{OriginalFormat}")
                        into[key] = text;
                }
            },
            values);
        return values;
    }
}
