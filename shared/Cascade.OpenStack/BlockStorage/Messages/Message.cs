using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>Why something went wrong, in fixed words (cinder/api/v3/views/messages.py: ViewBuilder.detail, cinder/message/message_field.py).</summary>
public sealed record Message
{
    public required string Id { get; init; }

    /// <summary><c>VOLUME_&lt;resource&gt;_&lt;action&gt;_&lt;detail&gt;</c> by their numbers, for instance <c>VOLUME_VOLUME_001_002</c>.</summary>
    public string? EventId { get; init; }

    /// <summary>For instance <c>schedule allocate volume:Could not find any available weighted backend.</c></summary>
    public string? UserMessage { get; init; }

    /// <summary><c>ERROR</c>.</summary>
    public string? MessageLevel { get; init; }

    /// <summary><c>VOLUME</c>, <c>VOLUME_SNAPSHOT</c>, <c>VOLUME_BACKUP</c>.</summary>
    public string? ResourceType { get; init; }

    public string? ResourceUuid { get; init; }

    /// <summary>Of the request that led to it.</summary>
    public string? RequestId { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Kept until then.</summary>
    public DateTimeOffset? GuaranteedUntil { get; init; }
}

internal sealed record MessagePage(List<Message>? Messages, List<PageLink>? MessagesLinks);
