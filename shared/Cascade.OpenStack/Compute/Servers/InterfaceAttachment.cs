using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Compute;

/// <summary>An interface of a server: one of its ports (nova/api/openstack/compute/attach_interfaces.py: _translate_interface_attachment_view).</summary>
public sealed record InterfaceAttachment
{
    public required string PortId { get; init; }

    public string? NetId { get; init; }

    public string? MacAddr { get; init; }

    /// <summary>The port's status: <c>ACTIVE</c>, <c>DOWN</c>, <c>BUILD</c>.</summary>
    public string? PortState { get; init; }
}

internal sealed record InterfaceAttach(string PortId, string? Tag);

internal sealed record InterfaceAttachBody([property: JsonPropertyName("interfaceAttachment")] InterfaceAttach Attachment);

internal sealed record InterfaceBody([property: JsonPropertyName("interfaceAttachment"), JsonRequired] InterfaceAttachment Attachment);

internal sealed record InterfaceList([property: JsonPropertyName("interfaceAttachments"), JsonRequired] List<InterfaceAttachment> Attachments);
