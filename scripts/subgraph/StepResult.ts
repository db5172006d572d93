/** What a step of a check has to say. An error makes it fail, a warning does not. */
export interface Message {
  level: 'error' | 'warning' | 'note';
  text: string;
}

export interface StepResult {
  step: string;
  ok: boolean;
  messages: Message[];
}

export const error = (text: string): Message => ({ level: 'error', text });
export const warning = (text: string): Message => ({ level: 'warning', text });
export const note = (text: string): Message => ({ level: 'note', text });

/** The result of a step: good unless one of its messages is an error. */
export const stepResult = (step: string, messages: Message[]): StepResult => ({
  step,
  ok: messages.every(({ level }) => level !== 'error'),
  messages,
});
