type Environment = Readonly<Record<string, string | undefined>>;

/** Whether the standard variables of OpenTelemetry say where traces go. Without that nothing of it is loaded. */
export const tracesAsked = ({
  OTEL_SDK_DISABLED: disabled,
  OTEL_TRACES_EXPORTER: exporter,
  OTEL_EXPORTER_OTLP_ENDPOINT: everything,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces,
}: Environment): boolean => disabled?.toLowerCase() !== 'true' && exporter !== 'none' && Boolean(everything || traces);
