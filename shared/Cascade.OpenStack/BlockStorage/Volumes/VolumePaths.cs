namespace Cascade.OpenStack.BlockStorage;

internal static class VolumePaths
{
    public const string All = "/volumes";

    public const string Detail = "/volumes/detail";

    public static string One(string id) => $"{All}/{Uri.EscapeDataString(id)}";

    public static string Action(string id) => One(id) + "/action";

    public static string Metadata(string id) => One(id) + "/metadata";

    public static string Metadata(string id, string key) => $"{Metadata(id)}/{Uri.EscapeDataString(key)}";
}
