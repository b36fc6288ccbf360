namespace Cascade.OpenStack.Compute;

internal static class ServerPaths
{
    public const string All = "/servers";

    public const string Detail = "/servers/detail";

    public static string One(string id) => $"/servers/{Uri.EscapeDataString(id)}";

    public static string Action(string id) => One(id) + "/action";

    public static string Tags(string id) => One(id) + "/tags";

    public static string Tag(string id, string tag) => Tags(id) + "/" + Uri.EscapeDataString(tag);

    public static string Interfaces(string id) => One(id) + "/os-interface";

    public static string Interface(string id, string portId) => Interfaces(id) + "/" + Uri.EscapeDataString(portId);

    public static string Actions(string id) => One(id) + "/os-instance-actions";

    public static string ActionTaken(string id, string requestId) => Actions(id) + "/" + Uri.EscapeDataString(requestId);

    public static string Diagnostics(string id) => One(id) + "/diagnostics";

    public static string Metadata(string id) => One(id) + "/metadata";

    public static string Consoles(string id) => One(id) + "/remote-consoles";
}
