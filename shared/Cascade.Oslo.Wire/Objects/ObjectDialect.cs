namespace Cascade.Oslo.Wire.Objects;

/// <summary>The member names a service gives its versioned objects (oslo.versionedobjects: OBJ_SERIAL_NAMESPACE).</summary>
public sealed record ObjectDialect(string Prefix, string Namespace)
{
    /// <summary>nova/objects/base.py: NovaObject.</summary>
    public static ObjectDialect Nova { get; } = new("nova_object", "nova");

    /// <summary>cinder/objects/base.py: CinderObject keeps the library's own prefix.</summary>
    public static ObjectDialect Cinder { get; } = new("versioned_object", "cinder");

    /// <summary>neutron/objects/base.py: NeutronObject keeps the library's own prefix.</summary>
    public static ObjectDialect Neutron { get; } = new("versioned_object", "versionedobjects");

    internal string NameKey { get; } = Prefix + ".name";

    internal string NamespaceKey { get; } = Prefix + ".namespace";

    internal string VersionKey { get; } = Prefix + ".version";

    internal string DataKey { get; } = Prefix + ".data";

    internal string ChangesKey { get; } = Prefix + ".changes";
}
