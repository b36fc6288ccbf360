using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

internal sealed record AttachmentCreateBody(AttachmentCreate Attachment);

internal sealed record AttachmentCreate(string VolumeUuid, string InstanceUuid);

internal sealed record AttachmentUpdateBody(AttachmentUpdate Attachment);

internal sealed record AttachmentUpdate(JsonObject Connector);

internal sealed record AttachmentAction([property: JsonPropertyName("os-complete")] NoArguments Complete);

internal sealed record AttachmentBody([property: JsonRequired] Attachment Attachment);

internal sealed record AttachmentPage(List<Attachment>? Attachments, List<PageLink>? AttachmentsLinks);
