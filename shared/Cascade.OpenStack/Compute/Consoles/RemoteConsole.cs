using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Compute;

/// <summary>Where a console can be seen. The URL carries a secret.</summary>
public sealed record RemoteConsole(string Protocol, string Type, string Url)
{
    public override string ToString() => $"{Type} console";
}

internal sealed record ConsoleCreate(string Protocol, string Type);

internal sealed record ConsoleCreateBody(ConsoleCreate RemoteConsole);

internal sealed record ConsoleBody([property: JsonRequired] RemoteConsole RemoteConsole);
