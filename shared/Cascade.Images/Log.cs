using Microsoft.Extensions.Logging;

namespace Cascade.Images;

/// <summary>Every line this library says. Ids 4850 to 4859.</summary>
static partial class Log
{
    [LoggerMessage(4850, LogLevel.Information, "Image {Image} is copied to the child as {ChildImage}, {Bytes} bytes")]
    public static partial void ImageCopying(ILogger log, string image, string childImage, long? bytes);

    [LoggerMessage(4851, LogLevel.Information, "Image {Image} is in the child as {ChildImage}")]
    public static partial void ImageCopied(ILogger log, string image, string childImage);

    [LoggerMessage(4852, LogLevel.Warning, "Image {ChildImage} in the child is a leftover in state {State} of an earlier copy of {Image}: removed and copied anew")]
    public static partial void ImageLeftover(ILogger log, string image, string childImage, string state);

    [LoggerMessage(4853, LogLevel.Warning, "Image {ChildImage} in the child has the id of {Image} but was not copied by us and is not the same record: it is not used")]
    public static partial void ImageForeign(ILogger log, string image, string childImage);

    [LoggerMessage(4854, LogLevel.Information, "Image {ChildImage} of the child is sent to the parent as {Image}, {Bytes} bytes")]
    public static partial void Sending(ILogger log, string childImage, string image, long? bytes);

    [LoggerMessage(4855, LogLevel.Information, "Image {ChildImage} of the child is in the parent as {Image}, {Bytes} bytes")]
    public static partial void Sent(ILogger log, string childImage, string image, long bytes);

    [LoggerMessage(4856, LogLevel.Warning, "Sending an image to the parent as {Image} broke off and is begun anew: {Reason}")]
    public static partial void Broke(ILogger log, Exception fault, string image, string reason);

    [LoggerMessage(4857, LogLevel.Information, "Image {Image} was deleted in the parent while its bytes were on the way: nobody wants it")]
    public static partial void Unwanted(ILogger log, Exception? fault, string image);
}
